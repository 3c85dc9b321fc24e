package trial

model Small {
  net = [flatten, Linear(16), relu, Linear(10)]

  fn forward(x: [N, 1, 8, 8]) -> [N, 10] = net(x)
  fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
  fn hits(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> accuracy(label)
}
