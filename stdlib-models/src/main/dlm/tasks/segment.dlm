/* Each pixel of a picture named. */
package tasks

import vision.{UNet}

/// Digits scattered over a picture of 64 × 64: each pixel is background (0), or a digit's (1 to 10 for the digits 0 to 9).
model DigitScenes {
  net = UNet(width = 16, classes = 11)

  /// One score for each class and pixel.
  fn forward(x: [N, 1, 64, 64]) -> [N, 11, 64, 64] = net(x)

  /// What training makes small.
  fn loss(x: [N, 1, 64, 64], label: i32[N, 64, 64]) -> [] = net.loss(x, label)

  /// Intersection over union, the mean over the classes that occur.
  fn mean_iou(x: [N, 1, 64, 64], label: i32[N, 64, 64]) -> [] {
    found = one_hot(argmax(net(x), axis = 1), 11)
    real = one_hot(label, 11)
    both = sum(found * real, axes = [0, 1, 2])
    either = sum(max(found, real), axes = [0, 1, 2])
    return sum(both / max(either, 1.0)) / sum(float(either > 0))
  }
}
