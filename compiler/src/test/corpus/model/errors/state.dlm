package corpus

layer Counting() {
  buffer seen: [1] = zeros
  buffer still: [1] = zeros                      // expect-warning W905
  param weight: [1] = zeros

  fn forward(x: [N]) -> [N] {
    seen := seen + 1
    return x * weight
  }
  fn twice(x: [N]) -> [N] {
    seen := seen + 1
    seen := seen + 2                             // expect-error E0501 updated twice
    return x
  }
  fn into_param(x: [N]) -> [N] {
    weight := weight + 1                         // expect-error E0501 `:=` stores into a `buffer`
    return x
  }
  fn wrong_shape(x: [N]) -> [N] {
    seen := zeros([2])                           // expect-error E0301 buffer `seen` promises [1], but gives [2]
    return x
  }
}

fn clipped(x: [...], c: float) -> [...] = x
  grad (dy) = clamp(dy, -c, c), dy               // expect-error E0206 its gradient gives 2 values

model State {
  c = Counting()
  fn a(x: [N]) -> _ = c.twice(x)
  fn b(x: [N]) -> _ = c.into_param(x)
  fn d(x: [N]) -> _ = c.wrong_shape(x)
  fn e(x: [N]) -> _ = clipped(x, 1.0)
}
