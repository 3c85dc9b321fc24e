/* Deep residual learning (He, Zhang, Ren and Sun, 2015, arXiv 1512.03385). Parameters are named as torchvision's. */
package vision

/// Two 3×3 convolutions beside a shortcut, which projects only where the shape changes.
layer BasicBlock(out: int, stride: int = 1, in: int = _) {
  conv1 = Conv2d(out, 3, stride, padding = 1, use_bias = false)
  bn1   = BatchNorm2d()
  conv2 = Conv2d(out, 3, padding = 1, use_bias = false)
  bn2   = BatchNorm2d()
  downsample = if stride != 1 or in != out then Projection(out, stride) else identity

  fn forward(x: [N, in, H, W]) -> [N, out, _, _] {
    y = x |> conv1 |> bn1 |> relu |> conv2 |> bn2
    return relu(y + downsample(x))
  }
}

/// A 3×3 convolution between two 1×1 convolutions that narrow the channels and widen them again. The stride is that of the 3×3
/// one, as in torchvision.
layer Bottleneck(out: int, stride: int = 1, in: int = _) {
  require out % 4 == 0, "the bottleneck is a quarter as wide as its result"
  conv1 = Conv2d(out / 4, 1, use_bias = false)
  bn1   = BatchNorm2d()
  conv2 = Conv2d(out / 4, 3, stride, padding = 1, use_bias = false)
  bn2   = BatchNorm2d()
  conv3 = Conv2d(out, 1, use_bias = false)
  bn3   = BatchNorm2d()
  downsample = if stride != 1 or in != out then Projection(out, stride) else identity

  fn forward(x: [N, in, H, W]) -> [N, out, _, _] {
    y = x |> conv1 |> bn1 |> relu |> conv2 |> bn2 |> relu |> conv3 |> bn3
    return relu(y + downsample(x))
  }
}

/// The shortcut of a block that changes the shape.
layer Projection(out: int, stride: int) = [Conv2d(out, 1, stride, use_bias = false), BatchNorm2d()]

/// `count` blocks, the first of which may halve the image.
layer Residual(count: int, out: int, stride: int, bottleneck: bool) = [
  if bottleneck then Bottleneck(out, if i == 0 then stride else 1) else BasicBlock(out, if i == 0 then stride else 1)
  for i in 0..<count
]

/// Four stages of residual blocks. `small_images` leaves out what the stem does to shrink the image, as is usual for CIFAR.
layer ResNet(depths: int[], bottleneck: bool = false, width: int = 64, classes: int = 1000, small_images: bool = false) {
  require len(depths) == 4, "a depth for each of the four stages"
  const w = if bottleneck then 4 * width else width
  conv1  = if small_images then Conv2d(width, 3, padding = 1, use_bias = false)
           else Conv2d(width, 7, stride = 2, padding = 3, use_bias = false)
  bn1    = BatchNorm2d()
  pool   = if small_images then identity else MaxPool2d(3, stride = 2, padding = 1)
  layer1 = Residual(depths[0], w, 1, bottleneck)
  layer2 = Residual(depths[1], 2 * w, 2, bottleneck)
  layer3 = Residual(depths[2], 4 * w, 2, bottleneck)
  layer4 = Residual(depths[3], 8 * w, 2, bottleneck)
  fc     = Linear(classes)

  /// One score for each class; the largest is the answer.
  fn forward(x: [N, 3, H, W]) -> [N, classes] =
    x |> conv1 |> bn1 |> relu |> pool |> layer1 |> layer2 |> layer3 |> layer4 |> GlobalAvgPool2d() |> fc

  /// What training makes small.
  fn loss(x: [N, 3, H, W], label: i32[N]) -> [] = forward(x) |> cross_entropy(label)
}

/// ResNet-18 for ImageNet.
model ResNet18 = ResNet([2, 2, 2, 2]) with H = 224, W = 224

/// ResNet-34 for ImageNet.
model ResNet34 = ResNet([3, 4, 6, 3]) with H = 224, W = 224

/// ResNet-50 for ImageNet.
model ResNet50 = ResNet([3, 4, 6, 3], bottleneck = true) with H = 224, W = 224

/// ResNet-18 for the ten classes of CIFAR-10.
model ResNet18Cifar = ResNet([2, 2, 2, 2], classes = 10, small_images = true) with H = 32, W = 32
