package shapes
import parts.{Block}

model First {
  net = [Block(6), Linear(2)]

  fn forward(x: [N, 4]) -> [N, 2] = net(x)
}
