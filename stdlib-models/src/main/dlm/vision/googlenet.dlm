/* Going deeper with convolutions (Szegedy et al., 2014, arXiv 1409.4842), with batch normalisation and without the two
   auxiliary classifiers, as torchvision has it. Parameters are named as torchvision's. */
package vision

/// A convolution with batch normalisation and relu.
layer ConvBnRelu(out: int, kernel: int, stride: int = 1) {
  conv = Conv2d(out, kernel, stride, padding = (kernel - 1) / 2, use_bias = false)
  bn   = BatchNorm2d(eps = 1e-3)
  fn forward(x: [N, C, H, W]) -> [N, out, _, _] = x |> conv |> bn |> relu
}

/// Four ways to look at the same image, side by side as channels. `widths` are those of: 1×1; 1×1 before 3×3; 3×3; 1×1 before
/// the second 3×3 (5×5 in the paper); the second 3×3; 1×1 behind the pool.
layer Inception(widths: int[]) {
  branch1 = ConvBnRelu(widths[0], 1)
  branch2 = [ConvBnRelu(widths[1], 1), ConvBnRelu(widths[2], 3)]
  branch3 = [ConvBnRelu(widths[3], 1), ConvBnRelu(widths[4], 3)]
  branch4 = [MaxPool2d(3, stride = 1, padding = 1), ConvBnRelu(widths[5], 1)]

  fn forward(x: [N, C, H, W]) -> [N, _, H, W] =
    concat([branch1(x), branch2(x), branch3(x), branch4(x)], axis = 1)
}

/// Max-pooling with stride 2 whose last window may reach over the edge.
fn half(x: [N, C, H, W], kernel: int) -> [N, C, _, _] =
  x |> pad([0, 0, 0, 0], [0, 0, (H - kernel) % 2, (W - kernel) % 2], value = -inf) |> max_pool2d(kernel, stride = 2)

/// Nine inception blocks. All widths are divided by `thinner`.
layer Inceptions(thinner: int = 1, classes: int = 1000) {
  conv1 = ConvBnRelu(64 / thinner, 7, stride = 2)
  conv2 = ConvBnRelu(64 / thinner, 1)
  conv3 = ConvBnRelu(192 / thinner, 3)
  inception3a = Inception([w / thinner for w in [64, 96, 128, 16, 32, 32]])
  inception3b = Inception([w / thinner for w in [128, 128, 192, 32, 96, 64]])
  inception4a = Inception([w / thinner for w in [192, 96, 208, 16, 48, 64]])
  inception4b = Inception([w / thinner for w in [160, 112, 224, 24, 64, 64]])
  inception4c = Inception([w / thinner for w in [128, 128, 256, 24, 64, 64]])
  inception4d = Inception([w / thinner for w in [112, 144, 288, 32, 64, 64]])
  inception4e = Inception([w / thinner for w in [256, 160, 320, 32, 128, 128]])
  inception5a = Inception([w / thinner for w in [256, 160, 320, 32, 128, 128]])
  inception5b = Inception([w / thinner for w in [384, 192, 384, 48, 128, 128]])
  drop = Dropout(0.2)
  fc   = Linear(classes)

  /// One score for each class; the largest is the answer.
  fn forward(x: [N, 3, H, W]) -> [N, classes] = x
    |> conv1 |> half(3) |> conv2 |> conv3 |> half(3)
    |> inception3a |> inception3b |> half(3)
    |> inception4a |> inception4b |> inception4c |> inception4d |> inception4e |> half(2)
    |> inception5a |> inception5b |> GlobalAvgPool2d() |> drop |> fc

  /// What training makes small.
  fn loss(x: [N, 3, H, W], label: i32[N]) -> [] = forward(x) |> cross_entropy(label)
}

/// GoogLeNet for ImageNet.
model GoogLeNet = Inceptions() with H = 224, W = 224
