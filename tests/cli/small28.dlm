package trial

model Small28 {
  net = [flatten, Linear(10)]

  fn loss(x: [N, 1, 28, 28], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
}
