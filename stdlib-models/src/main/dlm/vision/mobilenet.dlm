/* MobileNetV2 (Sandler et al., 2018, arXiv 1801.04381). Parameters are named as torchvision's. */
package vision

/// A convolution with batch normalisation and relu6; `groups` as many as channels makes it depthwise.
layer ConvBnRelu6(out: int, kernel: int, stride: int = 1, groups: int = 1) =
  [Conv2d(out, kernel, stride, padding = (kernel - 1) / 2, groups = groups, use_bias = false), BatchNorm2d(), relu6]

/// Widens the channels by `expand`, convolves each on its own, and narrows them again without an activation; a shortcut where
/// the shape stays.
layer InvertedResidual(out: int, stride: int, expand: int, in: int = _) {
  conv = (if expand == 1 then [] else [ConvBnRelu6(in * expand, 1)])
    + [ConvBnRelu6(in * expand, 3, stride, groups = in * expand), Conv2d(out, 1, use_bias = false), BatchNorm2d()]

  fn forward(x: [N, in, H, W]) -> [N, out, _, _] = if stride == 1 and in == out then x + conv(x) else conv(x)
}

/// Stretches of inverted residuals between two convolutions: `counts[i]` blocks of `widths[i]` channels, the first with
/// `strides[i]`. All widths are divided by `thinner`.
layer MobileNet(thinner: int = 1, counts: int[] = [1, 2, 3, 4, 3, 3, 1], classes: int = 1000) {
  const widths  = [16, 24, 32, 64, 96, 160, 320]
  const expands = [1, 6, 6, 6, 6, 6, 6]
  const strides = [1, 2, 2, 2, 1, 2, 1]
  features = [ConvBnRelu6(32 / thinner, 3, stride = 2)]
    + [InvertedResidual(widths[s] / thinner, if i == 0 then strides[s] else 1, expands[s])
       for s in 0..<len(widths), i in 0..<counts[s]]
    + [ConvBnRelu6(1280 / thinner, 1)]
  classifier = [Dropout(0.2), Linear(classes)]

  /// One score for each class; the largest is the answer.
  fn forward(x: [N, 3, H, W]) -> [N, classes] = x |> features |> GlobalAvgPool2d() |> classifier

  /// What training makes small.
  fn loss(x: [N, 3, H, W], label: i32[N]) -> [] = forward(x) |> cross_entropy(label)
}

/// MobileNetV2 for ImageNet.
model MobileNetV2 = MobileNet() with H = 224, W = 224
