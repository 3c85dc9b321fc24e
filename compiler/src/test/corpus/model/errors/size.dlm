package corpus

layer Wide(n: int, count: int = 1) = [Linear(n) for _ in 0..<count]

model Huge {                                  // expect-error E0312 `Huge` has 10,000,100,000 parameters
  net = Wide(100_000)
  fn forward(x: [N, 100_000]) -> [N, 100_000] = net(x)
}

model Many {                                  // expect-error E0312 more than the 2,147,000,000 that one array has room for
  net = Wide(40_000, 2)
  fn forward(x: [N, 40_000]) -> [N, 40_000] = net(x)
}
