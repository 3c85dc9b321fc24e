package other

model Second {
  net = Linear(3)

  fn forward(x: [N, 4]) -> [N, 3] = net(x)
}
