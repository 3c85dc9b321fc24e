/* Pooling: one value for each window. The stride is the kernel when left out; padding counts as minus infinity (max) or as 0 (average, counted). */
package dlm.nn

/// May the padding be that wide? With more, a window would see nothing but padding.
fn pads_fit(padding: int[], kernel: int[], axes: int) -> bool {
  ok = true
  for p, k in each_axis(padding, axes), each_axis(kernel, axes) { ok = ok and 2 * p <= k }
  return ok
}

/// The largest of each window.
layer MaxPool1d(kernel: int, stride: int = kernel, padding: int = 0, dilation: int = 1) {
  require pads_fit(padding, kernel, 1), "padding must be at most half of the kernel"
  fn forward(x: [N, C, L]) -> [N, C, _] = max_pool1d(x, kernel, stride = stride, padding = padding, dilation = dilation)
}
/// The largest of each window.
layer MaxPool2d(kernel: int[], stride: int[] = kernel, padding: int[] = 0, dilation: int[] = 1) {
  require pads_fit(padding, kernel, 2), "padding must be at most half of the kernel"
  fn forward(x: [N, C, H, W]) -> [N, C, _, _] = max_pool2d(x, kernel, stride = stride, padding = padding, dilation = dilation)
}
/// The smallest of each window.
layer MinPool1d(kernel: int, stride: int = kernel, padding: int = 0) {
  require pads_fit(padding, kernel, 1), "padding must be at most half of the kernel"
  fn forward(x: [N, C, L]) -> [N, C, _] = -max_pool1d(-x, kernel, stride = stride, padding = padding)
}
/// The smallest of each window.
layer MinPool2d(kernel: int[], stride: int[] = kernel, padding: int[] = 0) {
  require pads_fit(padding, kernel, 2), "padding must be at most half of the kernel"
  fn forward(x: [N, C, H, W]) -> [N, C, _, _] = -max_pool2d(-x, kernel, stride = stride, padding = padding)
}
/// The mean of each window.
layer AvgPool1d(kernel: int, stride: int = kernel, padding: int = 0) {
  require pads_fit(padding, kernel, 1), "padding must be at most half of the kernel"
  fn forward(x: [N, C, L]) -> [N, C, _] = sum_pool1d(x, kernel, stride = stride, padding = padding) / kernel
}
/// The mean of each window.
layer AvgPool2d(kernel: int[], stride: int[] = kernel, padding: int[] = 0) {
  require pads_fit(padding, kernel, 2), "padding must be at most half of the kernel"
  fn forward(x: [N, C, H, W]) -> [N, C, _, _] =
    sum_pool2d(x, kernel, stride = stride, padding = padding) / product(each_axis(kernel, 2))
}
/// Windows of the size that gives `out` of them along each axis; the size of the input must be a multiple.
layer AdaptiveAvgPool2d(out: int[]) {
  const o = each_axis(out, 2)
  fn forward(x: [N, C, H, W]) -> [N, C, o[0], o[1]] =
    sum_pool2d(x, [H / o[0], W / o[1]]) / (H / o[0] * (W / o[1]))
}
/// The mean of each channel, as [N, C].
layer GlobalAvgPool2d() {
  fn forward(x: [N, C, H, W]) -> [N, C] = mean(x, axes = [2, 3])
}
/// The largest of each channel, as [N, C].
layer GlobalMaxPool2d() {
  fn forward(x: [N, C, H, W]) -> [N, C] = amax(x, axes = [2, 3])
}
/// Every pixel becomes a square of scale by scale pixels.
layer Upsample2d(scale: int = 2) {
  fn forward(x: [N, C, H, W]) -> [N, C, H * scale, W * scale] =
    reshape(broadcast(reshape(x, [N, C, H, 1, W, 1]), [N, C, H, scale, W, scale]), [N, C, H * scale, W * scale])
}
