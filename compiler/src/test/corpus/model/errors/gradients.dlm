package corpus

model Objectives {
  net = Linear(3)
  fn forward(x: [N, 4]) -> [N, 3] = net(x)
  fn loss(x: [N, 4], label: i32[N]) -> [] = net(x) |> accuracy(label)   // expect-error E0502 reaches a parameter
  fn hits(x: [N, 4], label: i32[N]) -> [] = net(x) |> accuracy(label)
  #train("net.weight")
  fn each(x: [N, 4]) -> [N] = sum(net(x), axes = 1)                     // expect-error E0502 not one number
  #train
  fn cut(x: [N, 4]) -> [] = mean(stop(net(x)))                          // expect-error E0502 reaches a parameter
}
