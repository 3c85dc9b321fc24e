package vision

layer ConvBn(out: int, kernel: int, stride: int = 1) =
  [Conv2d(out, kernel, stride, padding = (kernel - 1) / 2, use_bias = false), BatchNorm2d()]

/// Two 3×3 convolutions and a shortcut; the shortcut projects only where the shape changes.
layer BasicBlock(out: int, stride: int = 1, in: int = _) {
  path = [ConvBn(out, 3, stride), relu, ConvBn(out, 3)]
  skip = if stride != 1 or in != out then ConvBn(out, 1, stride) else identity

  fn forward(x: [N, in, H, W]) -> [N, out, _, _] = relu(path(x) + skip(x))
}

layer ResNet(depths: int[], classes: int = 1000) {
  stem   = [ConvBn(64, 7, stride = 2), relu, MaxPool2d(3, stride = 2, padding = 1)]
  stages = [BasicBlock(64 * 2 ** s, stride = if s > 0 and i == 0 then 2 else 1)
            for s in 0..<len(depths), i in 0..<depths[s]]
  head   = Linear(classes)

  fn forward(x: [N, 3, H, W]) -> [N, classes] =
    x |> stem |> stages |> mean(axes = [2, 3]) |> head

  fn loss(x: [N, 3, H, W], label: i32[N]) -> [] = forward(x) |> cross_entropy(label)
}

model ResNet18     = ResNet([2, 2, 2, 2])

model ResNet18Edge = ResNet([2, 2, 2, 2], classes = 10) with N = 1, H = 224, W = 224
