package corpus

// Bounds of slices are proved by sizes of at least 1 and by what is required before.
model Bounds {
  fn needs_four(x: [N, T]) -> [N, 2] {
    require T >= 4, "at least four steps"
    return x[:, 1:3] + x[:, -3:-1]
  }
  fn more_than(x: [N, T]) -> _ {
    require T > 2
    return x[:, 2]
  }
  fn two_facts(x: [N, T], y: [N, S]) -> _ {
    require S >= T and T >= 5
    return y[:, 2:5] + x[:, :3]
  }
  fn scaled(x: [N, 2 * T]) -> _ {
    require T >= 3
    return x[:, 4:6]
  }
  fn table(x: [N, T]) -> _ {
    require T <= 16
    return x + ones([16])[:T]
  }
  fn by_nature(x: [N, T]) -> _ = x[:, 0] + x[:, -1] + sum(x[:, 1:]) + sum(x[:, :-1])
  fn unproved(x: [N, T]) -> _ = x[:, 1:3]                             // expect-error E0303 write `require T >= 3`
  fn from_end(x: [N, T]) -> _ = x[:, -3:]                             // expect-error E0303 starts before the axis
  fn too_little(x: [N, T]) -> _ {
    require T >= 2
    return x[:, 1:3]                                                  // expect-error E0303 cannot prove T >= 3
  }
  fn impossible(x: [N, 4]) -> _ = x[:, 2:6]                           // expect-error E0308 2:6 is outside axis 1
  fn backwards(x: [N, 4]) -> _ = x[:, 3:1]                            // expect-error E0308
  fn window(x: [N, 1, T]) -> _ {
    require T >= 3
    return max_pool1d(x, 3)
  }
  fn never(x: [N, 1, T]) -> _ {
    require T <= 2
    return max_pool1d(x, 3)                                           // expect-error E0311 which `require` rules out
  }
}
