package vision

/// LeNet-5 (LeCun et al., 1998) with average pooling and tanh as in the paper, for images of 28 x 28.
layer LeNet(classes: int = 10) = [
  Conv2d(6, 5, padding = 2), tanh, AvgPool2d(2),
  Conv2d(16, 5),             tanh, AvgPool2d(2),
  flatten,
  Linear(120), tanh,
  Linear(84),  tanh,
  Linear(classes),
]

/// LeNet-5 for the ten digits of MNIST.
model LeNet5 {
  net = LeNet(10)

  /// One score for each digit; the largest is the answer.
  fn forward(x: [N, 1, 28, 28]) -> [N, 10] = net(x)

  /// What training makes small.
  fn loss(x: [N, 1, 28, 28], label: i32[N]) -> [] = net(x) |> cross_entropy(label)

  /// The share of images whose digit is found.
  fn hits(x: [N, 1, 28, 28], label: i32[N]) -> [] = net(x) |> accuracy(label)
}
