package golden

/// The widths of the zoo's Mlp.
model MlpFull {
  net = [Linear(512), relu, Linear(256), relu, Linear(10)]

  fn forward(x: [N, 784]) -> [N, 10] = net(x)
  fn loss(x: [N, 784], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
}
