package golden

/// Batch norm, max-pooling and a dropout that drops nothing.
model ConvNet {
  net = [
    Conv2d(6, 3, padding = 1, use_bias = false), BatchNorm2d(), relu, MaxPool2d(2), Dropout(0.0),
    Conv2d(5, 3, use_bias = false), BatchNorm2d(), relu,
    flatten,
    Linear(4),
  ]

  fn forward(x: [N, 2, 8, 8]) -> [N, 4] = net(x)
  fn loss(x: [N, 2, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
}
