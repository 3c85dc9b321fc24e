/* Images out of noise. */
package tasks

import vision.{Variational}

/// A small generative adversarial network (Goodfellow et al., 2014, arXiv 1406.2661) of convolutions, for digits of 28 × 28
/// with pixels from 0 to 1. Each batch is a step of the discriminator and a step of the generator.
model DigitGan {
  const noise = 64
  g = [Linear(7 * 7 * 64, use_bias = false), BatchNorm1d(), relu, reshape([_, 64, 7, 7]),
       ConvTranspose2d(32, 4, stride = 2, padding = 1, use_bias = false), BatchNorm2d(), relu,
       ConvTranspose2d(1, 4, stride = 2, padding = 1), sigmoid]
  d = [Conv2d(32, 4, stride = 2, padding = 1), leaky_relu(0.2),
       Conv2d(64, 4, stride = 2, padding = 1, use_bias = false), BatchNorm2d(), leaky_relu(0.2), flatten, Linear(1)]

  /// Images made of noise of the standard normal distribution.
  fn sample(z: [N, noise]) -> [N, 1, 28, 28] = g(z)

  /// What training the discriminator makes small; a little below 1 is asked for where the image is from the data.
  #train("d.*")
  fn loss_d(x: [N, 1, 28, 28]) -> [] =
    bce_with_logits(d(x), 0.9) + bce_with_logits(d(stop(g(normal([N, noise])))), 0.0)

  /// What training the generator makes small.
  #train("g.*")
  #allow("W902")
  fn loss_g(x: [N, 1, 28, 28]) -> [] = bce_with_logits(d(g(normal([N, noise]))), 1.0)
}

/// A variational autoencoder of two dense layers each way, for the same digits.
model DigitVae {
  const code = 20
  net = Variational(hidden = 400, code = code)

  /// Images made of codes of the standard normal distribution.
  fn sample(z: [N, code]) -> [N, 1, 28, 28] = net.decode(z) |> sigmoid |> reshape([_, 1, 28, 28])

  /// What training makes small: the negative evidence lower bound, by image.
  fn loss(x: [N, 784]) -> [] = net.loss(x)
}

/// The same for digits of 8 × 8, small enough to train in a minute.
model SmallDigitGan {
  const noise = 16
  g = [Linear(2 * 2 * 32, use_bias = false), BatchNorm1d(), relu, reshape([_, 32, 2, 2]),
       ConvTranspose2d(16, 4, stride = 2, padding = 1, use_bias = false), BatchNorm2d(), relu,
       ConvTranspose2d(1, 4, stride = 2, padding = 1), sigmoid]
  d = [Conv2d(16, 3, padding = 1), leaky_relu(0.2),
       Conv2d(32, 4, stride = 2, padding = 1, use_bias = false), BatchNorm2d(), leaky_relu(0.2), flatten, Linear(1)]

  /// Images made of noise of the standard normal distribution.
  fn sample(z: [N, noise]) -> [N, 1, 8, 8] = g(z)

  /// What training the discriminator makes small.
  #train("d.*")
  fn loss_d(x: [N, 1, 8, 8]) -> [] =
    bce_with_logits(d(x), 0.9) + bce_with_logits(d(stop(g(normal([N, noise])))), 0.0)

  /// What training the generator makes small.
  #train("g.*")
  #allow("W902")
  fn loss_g(x: [N, 1, 8, 8]) -> [] = bce_with_logits(d(g(normal([N, noise]))), 1.0)
}

/// The same for digits of 8 × 8.
model SmallDigitVae {
  const code = 8
  net = Variational(hidden = 256, code = code, pixels = 64)

  /// Images made of codes of the standard normal distribution.
  fn sample(z: [N, code]) -> [N, 1, 8, 8] = net.decode(z) |> sigmoid |> reshape([_, 1, 8, 8])

  /// What training makes small: the negative evidence lower bound, by image.
  fn loss(x: [N, 64]) -> [] = net.loss(x)
}
