package vision

/// AlexNet in its one-column form (Krizhevsky, 2014, arXiv 1404.5997), as torchvision has it. `width` is that of the first
/// convolution, `dense` that of the two layers before the last.
layer Alex(width: int = 64, dense: int = 4096, classes: int = 1000) {
  features = [
    Conv2d(width, 11, stride = 4, padding = 2), relu, MaxPool2d(3, stride = 2),
    Conv2d(3 * width, 5, padding = 2),          relu, MaxPool2d(3, stride = 2),
    Conv2d(6 * width, 3, padding = 1),          relu,
    Conv2d(4 * width, 3, padding = 1),          relu,
    Conv2d(4 * width, 3, padding = 1),          relu, MaxPool2d(3, stride = 2),
  ]
  classifier = [
    Dropout(), Linear(dense), relu,
    Dropout(), Linear(dense), relu,
    Linear(classes),
  ]

  /// One score for each class; the largest is the answer.
  fn forward(x: [N, 3, H, W]) -> [N, classes] = x |> features |> flatten |> classifier

  /// What training makes small.
  fn loss(x: [N, 3, H, W], label: i32[N]) -> [] = forward(x) |> cross_entropy(label)
}

/// AlexNet for ImageNet.
model AlexNet = Alex() with H = 224, W = 224
