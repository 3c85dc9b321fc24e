// sizes N = 1 2 3 5 8 9 16 33
// below 4
package differential

layer LayersLayer() {
  net = [Conv2d(3, 3, padding = 1), relu, AvgPool2d(2), flatten, Linear(6), tanh, Linear(4)]

  fn forward(x: [N, 1, 6, 6]) -> [N, 4] = net(x)
  fn loss(x: [N, 1, 6, 6], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
}

model Layers = LayersLayer()
