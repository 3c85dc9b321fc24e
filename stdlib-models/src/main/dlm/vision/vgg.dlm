/* Very deep convolutional networks (Simonyan and Zisserman, 2014, arXiv 1409.1556). Parameters are named as torchvision's. */
package vision

/// Stretches of 3×3 convolutions, a max-pool behind each, then dense layers. `widths` has one list of widths a stretch, written
/// one after the other with a 0 for each pool. `norm` puts batch normalisation behind each convolution.
layer Vgg(widths: int[], dense: int[] = [4096, 4096], classes: int = 1000, norm: bool = false) {
  const parts = if norm then 3 else 2
  features = [
    if w == 0 then MaxPool2d(2)
    else if part == 0 then Conv2d(w, 3, padding = 1, use_bias = not norm)
    else if norm and part == 1 then BatchNorm2d()
    else relu
    for w in widths, part in 0..<(if w == 0 then 1 else parts)
  ]
  classifier = [
    if part == 0 then Linear(d) else if part == 1 then relu else Dropout()
    for d in dense, part in 0..<3
  ] + [Linear(classes)]

  /// One score for each class; the largest is the answer.
  fn forward(x: [N, 3, H, W]) -> [N, classes] = x |> features |> flatten |> classifier

  /// What training makes small.
  fn loss(x: [N, 3, H, W], label: i32[N]) -> [] = forward(x) |> cross_entropy(label)
}

const vgg11_widths = [64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0]
const vgg16_widths = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]

/// VGG-11 for ImageNet.
model Vgg11 = Vgg(vgg11_widths) with H = 224, W = 224

/// VGG-16 for ImageNet.
model Vgg16 = Vgg(vgg16_widths) with H = 224, W = 224

/// Six convolutions with batch normalisation, for the ten classes of CIFAR-10.
model VggSmall = Vgg([64, 64, 0, 128, 128, 0, 256, 256, 0], dense = [256], classes = 10, norm = true) with H = 32, W = 32
