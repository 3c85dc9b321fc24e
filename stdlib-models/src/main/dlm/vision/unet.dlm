package vision

/// Two 3×3 convolutions that keep the image's size, plain as in the paper, or each with a normalisation behind it.
layer Twice(out: int, norm: bool = false) =
  if norm then [Conv2d(out, 3, padding = 1, use_bias = false), BatchNorm2d(), relu,
                Conv2d(out, 3, padding = 1, use_bias = false), BatchNorm2d(), relu]
  else [Conv2d(out, 3, padding = 1), relu, Conv2d(out, 3, padding = 1), relu]

/// U-Net (Ronneberger, Fischer and Brox, 2015, arXiv 1505.04597) with two levels, with padding, so that the result is as large
/// as the image: down by pooling, up by transposed convolutions, each level beside its way down.
layer UNet(width: int = 32, classes: int = 2, norm: bool = false) {
  d1   = Twice(width, norm)
  d2   = Twice(2 * width, norm)
  mid  = Twice(4 * width, norm)
  u2   = ConvTranspose2d(2 * width, 2, stride = 2)
  c2   = Twice(2 * width, norm)
  u1   = ConvTranspose2d(width, 2, stride = 2)
  c1   = Twice(width, norm)
  head = Conv2d(classes, 1)

  /// One score for each class and pixel.
  fn forward(x: [N, C, H, W]) -> [N, classes, H, W] {
    require H % 4 == 0 and W % 4 == 0, "the image is halved twice"
    a = d1(x)
    b = a |> MaxPool2d(2) |> d2
    y = b |> MaxPool2d(2) |> mid |> u2
    y = concat([y, b], axis = 1) |> c2 |> u1
    return concat([y, a], axis = 1) |> c1 |> head
  }

  /// What training makes small: `label` is the class of each pixel.
  fn loss(x: [N, C, H, W], label: i32[N, H, W]) -> [] =
    forward(x) |> rearrange("n c h w -> n h w c") |> cross_entropy(label)
}

/// Foreground and background of colour images of 64 × 64.
model UNetSmall = UNet() with C = 3, H = 64, W = 64
