layer Index = [
  Conv2d(6, 5)
  [relu, tanh],   // expect-error E0107 an index must start on the line
]

layer Comprehension = [
  Conv2d(6, 5)
  [relu for i in 0..<3],   // expect-error E0107 put a comma between them
]

fn call(x: [N]) -> [N] = f
  (x)   // expect-error E0107 a call must start on the line

// the line of the end counts, not that of the beginning
fn fine(x: [N]) -> [N] = f(
  x
)(x)[
  0
]
