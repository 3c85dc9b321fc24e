/* Deep convolutional generative adversarial networks (Radford, Metz and Chintala, 2015, arXiv 1511.06434). */
package vision

/// Transposed 4×4 convolutions from a point of noise to an image: 4 × 4 behind the first, twice as large behind each further
/// one. `widths` are the channels on the way.
layer Generator(widths: int[], channels: int = 3) = [
  if part == 0 then ConvTranspose2d(widths[i], 4, stride = if i == 0 then 1 else 2, padding = if i == 0 then 0 else 1,
                                    use_bias = false, w = normal(0.0, 0.02))
  else if part == 1 then BatchNorm2d()
  else relu
  for i in 0..<len(widths), part in 0..<3
] + [ConvTranspose2d(channels, 4, stride = 2, padding = 1, use_bias = false, w = normal(0.0, 0.02)), tanh]

/// Convolutions that halve the image each, down to 4 × 4, then a score: is the image from the data? The first convolution has no
/// normalisation behind it.
layer Discriminator(widths: int[]) = [
  if part == 0 then Conv2d(widths[i], 4, stride = 2, padding = 1, use_bias = false)
  else if part == 1 and i > 0 then BatchNorm2d()
  else leaky_relu(0.2)
  for i in 0..<len(widths), part in 0..<(if i == 0 then 2 else 3)
] + [Conv2d(1, 4, use_bias = false), flatten]

/// Generator and discriminator of the paper, for colour images of 64 × 64.
model Dcgan {
  g = Generator([512, 256, 128, 64])
  d = Discriminator([64, 128, 256, 512])

  /// Images made of noise.
  fn sample(z: [N, 100, 1, 1]) -> [N, 3, 64, 64] = g(z)

  /// One score for each image, above 0 where it looks real.
  fn judge(image: [N, 3, 64, 64]) -> [N, 1] = d(image)

  /// What training the discriminator makes small.
  #train("d.*")
  fn loss_d(image: [N, 3, 64, 64], z: [N, 100, 1, 1]) -> [] =
    bce_with_logits(d(image), 1.0) + bce_with_logits(d(stop(g(z))), 0.0)

  /// What training the generator makes small.
  #train("g.*")
  fn loss_g(z: [N, 100, 1, 1]) -> [] = bce_with_logits(d(g(z)), 1.0)
}

/// The generator for images of 32 × 32.
model DcganGenerator {
  net = Generator([256, 128, 64])

  /// Images made of noise.
  fn forward(z: [N, 100, 1, 1]) -> [N, 3, 32, 32] = net(z)

  /// The distance to given images: exercise without a discriminator.
  fn loss(z: [N, 100, 1, 1], image: [N, 3, 32, 32]) -> [] = net(z) |> mse(image)
}

/// The discriminator for images of 32 × 32.
model DcganDiscriminator {
  net = Discriminator([64, 128, 256])

  /// One score for each image, above 0 where it looks real.
  fn forward(image: [N, 3, 32, 32]) -> [N, 1] = net(image)

  /// What training makes small: `real` is 1 for images of the data and 0 for others.
  fn loss(image: [N, 3, 32, 32], real: [N, 1]) -> [] = net(image) |> bce_with_logits(real)
}
