package vision

/// A variational autoencoder (Kingma and Welling, 2013, arXiv 1312.6114) for images of `pixels` numbers between 0 and 1: the
/// encoder gives mean and variance of the code, the decoder the probability of each pixel.
layer Variational(hidden: int = 400, code: int = 20, pixels: int = 784) {
  fc1  = Linear(hidden)
  fc21 = Linear(code)
  fc22 = Linear(code)
  fc3  = Linear(hidden)
  fc4  = Linear(pixels)

  /// Mean and logarithm of the variance of the code of each image.
  fn encode(x: [N, pixels]) -> (mean: [N, code], log_variance: [N, code]) {
    h = x |> fc1 |> relu
    return fc21(h), fc22(h)
  }

  /// Unnormalised scores of the pixels of each code; `sigmoid` makes probabilities of them.
  fn decode(z: [N, code]) -> [N, pixels] = z |> fc3 |> relu |> fc4

  /// The image that comes back from the mean of its code.
  fn forward(x: [N, pixels]) -> [N, pixels] {
    m, _ = encode(x)
    return m |> decode |> sigmoid
  }

  /// The negative evidence lower bound for given noise of the standard normal distribution, by image.
  fn bound(x: [N, pixels], noise: [N, code]) -> [] {
    m, s = encode(x)
    y = decode(m + noise * exp(0.5 * s))
    divergence = -0.5 * sum(1 + s - m * m - exp(s)) / N
    return pixels * bce_with_logits(y, x) + divergence
  }

  /// What training makes small.
  fn loss(x: [N, pixels]) -> [] = bound(x, normal([N, code]))
}

/// The variational autoencoder for MNIST, each image a row of 784 numbers.
model Vae = Variational()
