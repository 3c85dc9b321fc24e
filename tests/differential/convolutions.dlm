// sizes W = 3 4 6 8 9 15 16 17 33
package differential

/// Images W wide.
layer ConvolutionsLayer() {
  param w: [4, 3, 3, 3] = ones
  param u: [4, 2, 3, 3] = ones
  param b: [4, 1, 1] = ones
  param one: [1, 3, 3, 3] = ones
  param back: [3, 1, 4, 4] = ones

  fn plain(x: [2, 3, 5, W]) -> [] = sum(tanh(conv2d(x, w, padding = 1) + b))
  fn strided(x: [2, 3, 5, W]) -> [] = sum(conv2d(x, w, stride = 2, padding = 1) ** 2)
  fn single(x: [2, 3, 5, W]) -> [] = sum(tanh(conv2d(x, one, padding = 1)))
  fn strided_single(x: [2, 3, 5, W]) -> [] = sum(conv2d(x, one, stride = 2, padding = 1) ** 2)
  fn spread_single(x: [2, 3, 5, W]) -> [] = sum(sigmoid(conv_transpose2d(x, back, stride = 2, padding = 1)) ** 2)
  fn whole_single(x: [2, 3, 3, 3]) -> [] = sum(conv2d(x, one) ** 2)
  fn grouped(x: [1, 4, 5, W]) -> [] = sum(conv2d(x, u, padding = 1, groups = 2) ** 2)
  fn pooled(x: [2, 3, 6, W]) -> [] = sum(max_pool2d(conv2d(x, w, padding = 1), 3, 1, 1) * 0.5)
  fn averaged(x: [2, 3, 6, W]) -> [] = sum(sum_pool2d(tanh(conv2d(x, w, padding = 1)), 2, 1) ** 2)
}

model Convolutions = ConvolutionsLayer()
