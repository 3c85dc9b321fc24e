/*
 * Pooling: one value for each window; and its counterpart, more pixels than there were. The stride is the kernel when left
 * out; padding counts as minus infinity (max) or as 0 (average, counted). With ceil_mode a last window may reach over the end
 * as long as it begins before it, and what is there does not count at all. Defaults follow PyTorch's modules.
 */
package dlm.nn

/// May the padding be that wide? With more, a window would see nothing but padding.
/// torch none
/// run float(if pads_fit(1, 2, 2) then 1 else 0) -> 1
fn pads_fit(padding: int[], kernel: int[], axes: int) -> bool {
  ok = true
  for p, k in each_axis(padding, axes), each_axis(kernel, axes) { ok = ok and 2 * p <= k }
  return ok
}

/// What to put before and after each axis so that a window may begin everywhere before the end of the padded axis: the
/// padding, and behind it what the last window needs more with ceil_mode.
/// torch none
/// run ceil_padding(2, 2, 0, 1, 2)[1] -> 1
fn ceil_padding(kernel: int[], stride: int[], padding: int[], dilation: int[], axes: int) -> int[] {
  all = []
  for k, s, p, d in each_axis(kernel, axes), each_axis(stride, axes), each_axis(padding, axes), each_axis(dilation, axes) {
    all = all + [p, min(p + s - 1, d * (k - 1))]
  }
  return all
}

/// The largest of each window: [N, C, L] to [N, C, _].
/// torch torch.nn.MaxPool1d
/// run x |> MaxPool1d(2) -> [[[2, 9]]] with x = [[[1, 2, 9, 3]]]
layer MaxPool1d(kernel: int, stride: int = kernel, padding: int = 0, dilation: int = 1, ceil_mode: bool = false) {
  require pads_fit(padding, kernel, 1), "padding must be at most half of the kernel"
  const around = if ceil_mode then ceil_padding(kernel, stride, padding, dilation, 1) else padding
  fn forward(x: [N, C, L]) -> [N, C, _] =
    max_pool1d(x, kernel, stride = stride, padding = around, dilation = dilation)
}
/// The largest of each window: [N, C, H, W] to [N, C, _, _].
/// torch torch.nn.MaxPool2d
/// run x |> MaxPool2d(2) -> [[[[6, 8]]]] with x = [[[[1, 2, 3, 4], [5, 6, 7, 8]]]]
layer MaxPool2d(kernel: int[], stride: int[] = kernel, padding: int[] = 0, dilation: int[] = 1, ceil_mode: bool = false) {
  require pads_fit(padding, kernel, 2), "padding must be at most half of the kernel"
  const around = if ceil_mode then ceil_padding(kernel, stride, padding, dilation, 2) else padding
  fn forward(x: [N, C, H, W]) -> [N, C, _, _] =
    max_pool2d(x, kernel, stride = stride, padding = around, dilation = dilation)
}
/// The smallest of each window: [N, C, L] to [N, C, _].
/// torch -torch.nn.MaxPool1d(...)(-x)
/// run x |> MinPool1d(2) -> [[[1, 3]]] with x = [[[1, 2, 9, 3]]]
layer MinPool1d(kernel: int, stride: int = kernel, padding: int = 0, dilation: int = 1, ceil_mode: bool = false) {
  require pads_fit(padding, kernel, 1), "padding must be at most half of the kernel"
  const around = if ceil_mode then ceil_padding(kernel, stride, padding, dilation, 1) else padding
  fn forward(x: [N, C, L]) -> [N, C, _] =
    -max_pool1d(-x, kernel, stride = stride, padding = around, dilation = dilation)
}
/// The smallest of each window: [N, C, H, W] to [N, C, _, _].
/// torch -torch.nn.MaxPool2d(...)(-x)
/// run x |> MinPool2d(2) -> [[[[1, 3]]]] with x = [[[[1, 2, 3, 4], [5, 6, 7, 8]]]]
layer MinPool2d(kernel: int[], stride: int[] = kernel, padding: int[] = 0, dilation: int[] = 1, ceil_mode: bool = false) {
  require pads_fit(padding, kernel, 2), "padding must be at most half of the kernel"
  const around = if ceil_mode then ceil_padding(kernel, stride, padding, dilation, 2) else padding
  fn forward(x: [N, C, H, W]) -> [N, C, _, _] =
    -max_pool2d(-x, kernel, stride = stride, padding = around, dilation = dilation)
}
/// The mean of each window: [N, C, L] to [N, C, _].
/// torch torch.nn.AvgPool1d
/// run x |> AvgPool1d(2) -> [[[1.5, 6]]] with x = [[[1, 2, 9, 3]]]
layer AvgPool1d(kernel: int, stride: int = kernel, padding: int = 0, ceil_mode: bool = false, count_include_pad: bool = true) {
  require pads_fit(padding, kernel, 1), "padding must be at most half of the kernel"
  const around = if ceil_mode then ceil_padding(kernel, stride, padding, 1, 1) else [padding, padding]
  fn sums(x: [..., L]) -> [..., _] = sum_pool1d(x, kernel, stride = stride, padding = around)
  fn counts(length: int) -> [_] =
    if count_include_pad
    then sum_pool1d(ones([length + 2 * padding]), kernel, stride = stride, padding = [0, around[1] - padding])
    else sums(ones([length]))
  fn forward(x: [N, C, L]) -> [N, C, _] =
    sums(x) / (if not ceil_mode and (count_include_pad or padding == 0) then kernel else counts(L))
}
/// The mean of each window: [N, C, H, W] to [N, C, _, _].
/// torch torch.nn.AvgPool2d
/// run x |> AvgPool2d(2) -> [[[[3.5, 5.5]]]] with x = [[[[1, 2, 3, 4], [5, 6, 7, 8]]]]
layer AvgPool2d(kernel: int[], stride: int[] = kernel, padding: int[] = 0, ceil_mode: bool = false,
                count_include_pad: bool = true) {
  require pads_fit(padding, kernel, 2), "padding must be at most half of the kernel"
  const p = each_axis(padding, 2)
  const around = if ceil_mode then ceil_padding(kernel, stride, padding, 1, 2) else [p[0], p[0], p[1], p[1]]
  fn sums(x: [..., H, W]) -> [..., _, _] = sum_pool2d(x, kernel, stride = stride, padding = around)
  fn counts(height: int, width: int) -> [_, _] =
    if count_include_pad
    then sum_pool2d(ones([height + 2 * p[0], width + 2 * p[1]]), kernel, stride = stride,
                    padding = [0, around[1] - p[0], 0, around[3] - p[1]])
    else sums(ones([height, width]))
  fn forward(x: [N, C, H, W]) -> [N, C, _, _] =
    sums(x) / (if not ceil_mode and (count_include_pad or p == [0, 0]) then product(each_axis(kernel, 2)) else counts(H, W))
}

/// Row o holds what each of `n` elements counts in window o of `count`, which together cover all of them as evenly as
/// they can.
/// torch none
/// run shares_of_windows(4, 2) -> [[0.5, 0.5, 0, 0], [0, 0, 0.5, 0.5]]
fn shares_of_windows(n: int, count: int) -> [count, n] {
  i = iota([count, n], axis = 1)
  o = iota([count, n], axis = 0)
  seen = float(o * n < (i + 1) * count and i * count < (o + 1) * n)
  return seen / sum(seen, axes = 1, keep = true)
}
/// Means of `out` windows along each axis, as even as the size allows: [N, C, H, W] to [N, C, out, out].
/// torch torch.nn.AdaptiveAvgPool2d
/// run x |> AdaptiveAvgPool2d([2, 4]) -> f32[2, 3, 2, 4] with x = f32[2, 3, 7, 9]
/// run x |> AdaptiveAvgPool2d(1) -> [[[[4.5]]]] with x = [[[[1, 2, 3, 4], [5, 6, 7, 8]]]]
layer AdaptiveAvgPool2d(out: int[]) {
  require len(out) == 1 or len(out) == 2, "one size of at least 1 for both axes, or two"
  const o = each_axis(out, 2)
  require o[0] >= 1 and o[1] >= 1, "one size of at least 1 for both axes, or two"
  fn forward(x: [N, C, H, W]) -> [N, C, o[0], o[1]] {
    y = if o[1] == 1 then mean(x, axes = 3, keep = true)
        else einsum(x, shares_of_windows(W, o[1]), "n c h w, o w -> n c h o")
    return if o[0] == 1 then mean(y, axes = 2, keep = true)
           else einsum(y, shares_of_windows(H, o[0]), "n c h w, o h -> n c o w")
  }
}
/// The mean of each channel: [N, C, H, W] to [N, C].
/// torch x.mean((2, 3))
/// run x |> GlobalAvgPool2d() -> [[4.5]] with x = [[[[1, 2, 3, 4], [5, 6, 7, 8]]]]
layer GlobalAvgPool2d() {
  fn forward(x: [N, C, H, W]) -> [N, C] = mean(x, axes = [2, 3])
}
/// The largest of each channel: [N, C, H, W] to [N, C].
/// torch x.amax((2, 3))
/// run x |> GlobalMaxPool2d() -> [[8]] with x = [[[[1, 2, 3, 4], [5, 6, 7, 8]]]]
layer GlobalMaxPool2d() {
  fn forward(x: [N, C, H, W]) -> [N, C] = amax(x, axes = [2, 3])
}

/// `scale` elements for each one along an axis, on straight lines between the middles of the old ones, whose ends are
/// continued flat.
/// torch none
/// run interpolate(x, 2, axis = 0) -> [1, 1.25, 1.75, 2] with x = [1, 2]
fn interpolate(x: _, scale: int, axis: int) -> _ {
  require scale >= 1, "a scale is at least 1"
  a = from_front(axis, rank(x))
  n = shape(x)[a]
  before = concat([narrow(x, a, 0, 1), narrow(x, a, 0, n - 1)], axis = a)
  after = concat([narrow(x, a, 1, n - 1), narrow(x, a, n - 1, 1)], axis = a)
  parts = for k in 0..<scale {
    place = (2 * k + 1 - scale) / (2.0 * scale)
    yield if place < 0 then lerp(x, before, -place) else if place > 0 then lerp(x, after, place) else x
  }
  return reshape(stack(parts, axis = a + 1), [if i == a then n * scale else shape(x)[i] for i in 0..<rank(x)])
}
/// Row o holds what each of `n` elements counts at o, one of `count` places spread evenly from the first element to the
/// last.
/// torch none
/// run shares_of_places(2, 3) -> [[1, 0], [0.5, 0.5], [0, 1]]
fn shares_of_places(n: int, count: int) -> [count, n] {
  o = float(iota([count, n], axis = 0))
  place = o * float(n - 1) / float(max(count - 1, 1))
  return max(1 - abs(place - float(iota([count, n], axis = 1))), 0.0)
}
/// Every pixel becomes `scale` by `scale` pixels: [N, C, H, W] to [N, C, H * scale, W * scale]. Modes are "nearest", the
/// same number again, and "bilinear", in between the middles of the pixels, or in between their outermost ones with
/// `align_corners`.
/// torch torch.nn.Upsample
/// run x |> Upsample2d(2) -> [[[[1, 1, 2, 2], [1, 1, 2, 2]]]] with x = [[[[1, 2]]]]
/// run x |> Upsample2d(2, mode = "bilinear") -> f32[2, 3, 8, 8] with x = f32[2, 3, 4, 4]
layer Upsample2d(scale: int[] = 2, mode: str = "nearest", align_corners: bool = false) {
  require mode == "nearest" or mode == "bilinear", "the mode is \"nearest\" or \"bilinear\""
  require mode == "bilinear" or not align_corners, "align_corners is for the mode \"bilinear\""
  require len(scale) == 1 or len(scale) == 2, "one scale of at least 1 for both axes, or two"
  const s = each_axis(scale, 2)
  require s[0] >= 1 and s[1] >= 1, "one scale of at least 1 for both axes, or two"
  // Each of the scale's pixels is written out on its own.
  require mode == "nearest" or align_corners or max(s[0], s[1]) <= 64, "a bilinear scale is at most 64"

  fn nearest(x: [N, C, H, W]) -> [N, C, H * s[0], W * s[1]] =
    reshape(broadcast(reshape(x, [N, C, H, 1, W, 1]), [N, C, H, s[0], W, s[1]]), [N, C, H * s[0], W * s[1]])
  fn aligned(x: [N, C, H, W]) -> [N, C, H * s[0], W * s[1]] {
    y = einsum(x, shares_of_places(W, W * s[1]), "n c h w, o w -> n c h o")
    return einsum(y, shares_of_places(H, H * s[0]), "n c h w, o h -> n c o w")
  }
  fn forward(x: [N, C, H, W]) -> [N, C, H * s[0], W * s[1]] =
    if mode == "nearest" then nearest(x) else if align_corners then aligned(x)
    else interpolate(interpolate(x, s[0], axis = 2), s[1], axis = 3)
}
