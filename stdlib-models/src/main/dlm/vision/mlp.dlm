package vision

/// Fully connected layers with relu between them, 784-512-256-10 as it stands.
layer Perceptron(hidden: int[] = [512, 256], classes: int = 10) =
  [Linear(hidden[0]), relu, Linear(hidden[1]), relu, Linear(classes)]

/// A multi-layer perceptron for the ten digits of MNIST, each image a row of 784 numbers.
model Mlp {
  net = Perceptron()

  /// One score for each digit; the largest is the answer.
  fn forward(x: [N, 784]) -> [N, 10] = net(x)

  /// What training makes small.
  fn loss(x: [N, 784], label: i32[N]) -> [] = net(x) |> cross_entropy(label)

  /// The share of images whose digit is found.
  fn hits(x: [N, 784], label: i32[N]) -> [] = net(x) |> accuracy(label)
}
