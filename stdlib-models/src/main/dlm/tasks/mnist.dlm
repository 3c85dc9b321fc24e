/* A residual network that is small enough for pictures of handwritten digits. */
package tasks

import vision.{BasicBlock}

/// A stem and three residual blocks, of which two halve the picture, for the ten digits of MNIST.
model MnistResNet {
  net = [
    Conv2d(16, 3, padding = 1, use_bias = false), BatchNorm2d(), relu,
    BasicBlock(16), BasicBlock(32, stride = 2), BasicBlock(64, stride = 2),
    GlobalAvgPool2d(), Linear(10),
  ]

  /// One score for each digit; the largest is the answer.
  fn forward(x: [N, 1, 28, 28]) -> [N, 10] = net(x)

  /// What training makes small.
  fn loss(x: [N, 1, 28, 28], label: i32[N]) -> [] = net(x) |> cross_entropy(label)

  /// The share of images whose digit is found.
  fn hits(x: [N, 1, 28, 28], label: i32[N]) -> [] = net(x) |> accuracy(label)
}
