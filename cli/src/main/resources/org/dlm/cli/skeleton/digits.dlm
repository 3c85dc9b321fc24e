package @package@

/// Recognises handwritten digits, images of 8 x 8.
model Digits {
  net = [
    Conv2d(16, 3, padding = 1), relu, MaxPool2d(2),
    flatten,
    Linear(64), relu,
    Linear(10),
  ]

  /// One score for each digit; the largest is the answer.
  fn forward(x: [N, 1, 8, 8]) -> [N, 10] = net(x)

  /// What training makes small.
  fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)

  /// The share of images whose digit is found.
  fn hits(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> accuracy(label)
}
