package golden

model Mlp {
  net = [Linear(17), relu, Linear(9), relu, Linear(5)]

  fn forward(x: [N, 12]) -> [N, 5] = net(x)
  fn loss(x: [N, 12], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
}
