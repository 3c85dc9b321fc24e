package corpus

layer ConvBn(out: int, kernel: int) =
  [Conv2d(out, kernel, padding = (kernel - 1) / 2), BatchNorm2d()]   // expect-error E0310 floor(a / b)

model Halves {
  net = ConvBn(8, 4)
  fn forward(x: [N, 3, 8, 8]) -> _ = net(x)
}

layer Heads(heads: int, d: int = _) {
  require d % heads == 0, "heads must divide the model width"   // expect-error E0402 heads must divide the model width
  fn forward(x: [N, d]) -> [N, d] = x
}

model Uneven {
  h = Heads(3)
  fn forward(x: [N, 8]) -> [N, 8] = h(x)
}

fn forever(x: [N]) -> [N] = forever(x)   // expect-error E0403

model Recursion {
  fn forward(x: [N]) -> [N] = forever(x)
}

layer Deep() {
  inner = Deep()   // expect-error E0403
}

model Endless {
  d = Deep()
  fn forward(x: [N]) -> [N] = x
}

layer Peek(d: int = _) {
  param weight: [d] = zeros
  fn forward(x: [N, d]) -> [N, d] = x * weight
}

model TooEarly {
  p = Peek()
  fn forward(x: [N, 3]) -> _ = x * p.weight   // expect-error E0404 has not been applied
}

model NeverApplied {
  p = Peek()   // expect-error E0404 is never applied
  fn forward(x: [N, 3]) -> _ = x
}

model Cannot {
  const a = 1 / 0          // expect-error E0405 division by zero
  const b = 3 ** 99        // expect-error E0405 cannot be computed
  const c = training       // expect-error E0401
  fn forward(x: [N, 3]) -> _ = x
}

layer Wide(d: int = _) {
  param weight: [d] = zeros   // expect-error E0306 depends on the open dim D
  fn forward(x: [N, d]) -> [N, d] = x * weight
}

model Open {
  p = Wide()
  fn forward(x: [N, D]) -> _ = p(x)
}

model Range {
  fn forward(x: [N, D]) -> _ {
    y = x
    for i in 0..<N { y = y + 1 }   // expect-error E0401 this depends on N
    return y
  }
}
