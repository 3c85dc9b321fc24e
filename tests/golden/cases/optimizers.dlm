package golden

/// Trained for 50 steps by every optimizer of the library.
model Optimizers {
  net = [Conv2d(4, 3), tanh, MaxPool2d(2), flatten, Linear(9), tanh, Linear(5)]

  fn forward(x: [N, 1, 8, 8]) -> [N, 5] = net(x)
  fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
}
