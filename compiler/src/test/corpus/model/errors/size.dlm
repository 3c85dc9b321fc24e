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

model FarApart {
  fn back(x: [2, 4, 3, W]) -> [] =
    sum(conv_transpose2d(x, ones([4, 2, 3, 2]), stride = [2, 4294967296]))   // expect-error E0311 at most 2147483647
  fn far(x: [2, W]) -> _ = max_pool1d(x, 3, stride = 4294967296)             // expect-error E0311 at most 2147483647
  fn wide(x: [2, W]) -> _ = sum_pool1d(x, 3, dilation = 2147483647)          // expect-error E0311 at most 2147483647
  fn many(x: [W]) -> _ =
    sum(broadcast(unsqueeze(x, 1), [W, 4294967296 * W - 4294967295]))        // expect-error E0313 numbers in its open size are larger
  fn cut(x: [2, 4, H, W]) -> _ =
    conv_transpose2d(x, ones([4, 2, 3, 3]), padding = 100_000)               // expect-error E0313 numbers in its open size are larger
}
