package vision

/// A convolutional autoencoder (Masci et al., 2011): an image of 28 × 28 becomes `code` numbers and an image again. Strided
/// convolutions on the way down, transposed ones on the way up.
layer ConvCoder(width: int = 16, code: int = 32) {
  encoder = [
    Conv2d(width, 3, stride = 2, padding = 1),     relu,
    Conv2d(2 * width, 3, stride = 2, padding = 1), relu,
    flatten,
    Linear(code),
  ]
  dense   = Linear(2 * width * 7 * 7)
  decoder = [
    ConvTranspose2d(width, 4, stride = 2, padding = 1), relu,
    ConvTranspose2d(1, 4, stride = 2, padding = 1),     sigmoid,
  ]

  /// The code of each image.
  fn encode(x: [N, 1, 28, 28]) -> [N, code] = encoder(x)

  /// The image of each code.
  fn decode(z: [N, code]) -> [N, 1, 28, 28] = z |> dense |> relu |> reshape([N, 2 * width, 7, 7]) |> decoder

  /// What is left of the image on its way through the code.
  fn forward(x: [N, 1, 28, 28]) -> [N, 1, 28, 28] = x |> encode |> decode

  /// What training makes small.
  fn loss(x: [N, 1, 28, 28]) -> [] = forward(x) |> mse(x)
}

/// The autoencoder for MNIST.
model ConvAutoencoder = ConvCoder()
