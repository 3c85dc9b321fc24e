package golden

/// The widths of the zoo's LeNet5.
model Lenet5Full {
  net = [
    Conv2d(6, 5, padding = 2), tanh, AvgPool2d(2),
    Conv2d(16, 5),             tanh, AvgPool2d(2),
    flatten,
    Linear(120), tanh,
    Linear(84),  tanh,
    Linear(10),
  ]

  fn forward(x: [N, 1, 28, 28]) -> [N, 10] = net(x)
  fn loss(x: [N, 1, 28, 28], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
}
