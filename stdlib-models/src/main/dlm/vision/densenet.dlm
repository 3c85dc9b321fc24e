/* Densely connected convolutional networks (Huang, Liu, van der Maaten and Weinberger, 2016, arXiv 1608.06993). */
package vision

/// `growth` new channels from all channels so far, which stay in front of them.
layer DenseLayer(growth: int, widen: int = 4) {
  norm1 = BatchNorm2d()
  conv1 = Conv2d(widen * growth, 1, use_bias = false)
  norm2 = BatchNorm2d()
  conv2 = Conv2d(growth, 3, padding = 1, use_bias = false)

  fn forward(x: [N, C, H, W]) -> [N, C + growth, H, W] =
    concat([x, x |> norm1 |> relu |> conv1 |> norm2 |> relu |> conv2], axis = 1)
}

/// Half the channels, half the image.
layer Transition(in: int = _) {
  norm = BatchNorm2d()
  conv = Conv2d(in / 2, 1, use_bias = false)

  fn forward(x: [N, in, H, W]) -> [N, in / 2, _, _] = x |> norm |> relu |> conv |> AvgPool2d(2)
}

/// Four blocks of dense layers.
layer Dense(depths: int[], growth: int = 32, stem: int = 64, classes: int = 1000) {
  conv0 = Conv2d(stem, 7, stride = 2, padding = 3, use_bias = false)
  norm0 = BatchNorm2d()
  denseblock1 = [DenseLayer(growth) for _ in 0..<depths[0]]
  transition1 = Transition()
  denseblock2 = [DenseLayer(growth) for _ in 0..<depths[1]]
  transition2 = Transition()
  denseblock3 = [DenseLayer(growth) for _ in 0..<depths[2]]
  transition3 = Transition()
  denseblock4 = [DenseLayer(growth) for _ in 0..<depths[3]]
  norm5 = BatchNorm2d()
  classifier = Linear(classes)

  /// One score for each class; the largest is the answer.
  fn forward(x: [N, 3, H, W]) -> [N, classes] = x
    |> conv0 |> norm0 |> relu |> MaxPool2d(3, stride = 2, padding = 1)
    |> denseblock1 |> transition1 |> denseblock2 |> transition2 |> denseblock3 |> transition3 |> denseblock4
    |> norm5 |> relu |> GlobalAvgPool2d() |> classifier

  /// What training makes small.
  fn loss(x: [N, 3, H, W], label: i32[N]) -> [] = forward(x) |> cross_entropy(label)
}

/// DenseNet-121 for ImageNet.
model DenseNet121 = Dense([6, 12, 24, 16]) with H = 224, W = 224
