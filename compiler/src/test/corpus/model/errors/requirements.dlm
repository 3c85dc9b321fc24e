package corpus

const w = 3
layer L(n: int, in: int = _) {
  require n > 2, "n must be more than 2"         // expect-error E0402 n must be more than 2
  require in % 2 == 0 and in > n                 // expect-error E0402 requirement not met
  fn forward(x: [N, in], y: [M, in]) -> _ {
    require N == M, "same batch"
    return x + y
  }
}
fn even(x: [N, T]) -> [N, T] {
  require T % 2 == 0, "an even number"           // expect-error E0402 an even number
  require T                                      // expect-error E0401 needs a condition
  return x
}
fn about_data(x: [N, T]) -> [N, T] {
  require x > 0                                  // expect-error E0401 needs a condition on sizes
  return x
}

model Good {
  l = L(3)
  fn forward(x: [N, 4], y: [M, 4]) -> _ = l(x, y)
}
model Bad {
  l = L(2)
  fn forward(x: [N, 4], y: [M, 4]) -> _ = l(x, y)
}
model Bad2 {
  l = L(4)
  fn forward(x: [N, 4], y: [M, 4]) -> _ = l(x, y)
}
model Bad3 { fn forward(x: [N, 3]) -> _ = even(x) }
model Bad4 { fn forward(x: [N, 4]) -> _ = even(x) }
model Bad5 { fn forward(x: [N, 4]) -> _ = about_data(x) }
model Bad6 {
  require w > 3, "w is too small"                // expect-error E0402 w is too small
  fn forward(x: [N, 4]) -> _ = relu(x)
}
