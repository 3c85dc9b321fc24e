package corpus

/// The example of the language's description.
layer LeNet(classes: int = 10) = [
  Conv2d(6, 5), tanh, AvgPool2d(2),
  Conv2d(16, 5), tanh, AvgPool2d(2),
  flatten,
  Linear(120, in = 400), tanh,   // expect-error E0301 leave `in` out and it is inferred
  Linear(classes),
]

model Mnist {
  net = LeNet(10)
  fn forward(x: [N, 1, 28, 28]) -> [N, 10] = net(x)
}

model Pipe {
  a = Linear(8)
  b = Linear(9, in = 7)
  fn forward(x: [N, 5]) -> [N, 9] = x |> a |> relu |> b |> tanh   // expect-error E0301 the pipe delivers 8
}
