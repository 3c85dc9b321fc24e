package golden

layer LeNet(c1: int, c2: int, h1: int, h2: int, classes: int) = [
  Conv2d(c1, 5, padding = 2), tanh, AvgPool2d(2),
  Conv2d(c2, 5),              tanh, AvgPool2d(2),
  flatten,
  Linear(h1), tanh,
  Linear(h2), tanh,
  Linear(classes),
]

model LenetSmall {
  net = LeNet(3, 4, 12, 10, 6)

  fn forward(x: [N, 1, 16, 16]) -> [N, 6] = net(x)
  fn loss(x: [N, 1, 16, 16], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
}
