// sizes W = 4 5 8 9 16 17 33
package differential

/// Windows of every kind over images W wide, and what takes any width.
layer WindowsLayer() {
  param w: [4, 2, 3, 2] = ones
  param u: [4, 1, 2, 3] = ones
  param s: [4] = ones

  fn dilated(x: [2, 4, 5, W]) -> [] = sum(conv2d(x * channels(s), w, padding = [2, 1], dilation = [2, 3], groups = 2) ** 2)
  fn back(x: [2, 4, 3, W]) -> [] =
    sum(conv_transpose2d(x, w, stride = [2, 3], padding = 1, output_padding = [1, 0], groups = 2, dilation = [1, 2]) ** 2)
  fn apart(x: [2, 4, 4, W]) -> [] = sum(tanh(conv2d(x, u, stride = [1, 2], groups = 4)))
  fn wide(x: [1, 2, 3, W]) -> [] = sum(conv2d(x, w, padding = 4) ** 2)
  fn largest(x: [2, 4, 5, W]) -> [] = sum(max_pool2d(x * channels(s), [2, 3], 2, [1, 1], [2, 1]) ** 2)
  fn line(x: [2, 4, W]) -> [] = sum(max_pool1d(x * channels1d(s), 3, 1, 1) * sum_pool1d(x, 3, 1, 1))
  fn adaptive(x: [2, 4, 5, W]) -> [] = sum((x * channels(s) |> AdaptiveAvgPool2d([3, 4])) ** 2)
  fn smooth(x: [2, 4, 3, W]) -> [] = sum((x * channels(s) |> Upsample2d([2, 3], mode = "bilinear")) ** 2)
  fn corners(x: [1, 4, 3, W]) -> [] = sum((x * channels(s) |> Upsample2d(2, mode = "bilinear", align_corners = true)) ** 2)
  fn best(x: [4, W]) -> [] = sum(top_k(x * reshape(s, [4, 1]), 4).values * float(top_k(x, 4).indices + 1))
}

model Windows = WindowsLayer()
