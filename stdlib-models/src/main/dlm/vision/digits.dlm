package vision

/// A convolutional network in the manner of LeNet, for images of 8 x 8: two convolutions, one pooling, two dense layers.
layer SmallLeNet(classes: int = 10) = [
  Conv2d(16, 3, padding = 1), relu,
  Conv2d(32, 3, padding = 1), relu, MaxPool2d(2),
  flatten,
  Dropout(0.25),
  Linear(64), relu,
  Linear(classes),
]

/// Recognises the handwritten digits of the embedded data set.
model Digits {
  net = SmallLeNet(10)

  /// One score for each digit; the largest is the answer.
  fn forward(x: [N, 1, 8, 8]) -> [N, 10] = net(x)

  /// What training makes small.
  fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)

  /// The share of images whose digit is found.
  fn hits(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> accuracy(label)
}
