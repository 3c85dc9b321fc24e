/* Convolutions. A window argument given one int serves every axis, `[3, 5]` gives one an axis. Defaults are PyTorch's. */
package dlm.nn

/// Output length of a sliding window. `floor` marks the one place where rounding is wanted; a plain `/` between ints
/// must divide exactly, otherwise it is error E0310.
/// torch none
/// run win(28, 5, 1, 0) -> 24
fn win(n: int, k: int, stride: int, padding: int, dilation: int = 1) -> int =
  floor((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1

/// Output length of a transposed sliding window.
/// torch none
/// run unwin(4, 4, 2, 1, 0, 1) -> 8
fn unwin(n: int, k: int, stride: int, padding: int, output_padding: int, dilation: int) -> int =
  (n - 1) * stride - 2 * padding + dilation * (k - 1) + output_padding + 1

/// Convolution over one axis: [N, in, L] to [N, out, win(L, ...)].
/// torch torch.nn.Conv1d
/// run x |> Conv1d(6, 5) -> f32[2, 6, 24] with x = f32[2, 3, 28]
layer Conv1d(out: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1,
             use_bias: bool = true, in: int = _) {
  require groups >= 1 and in % groups == 0 and out % groups == 0, "groups must divide both channel counts"
  param weight: [out, in / groups, kernel] = fan_uniform(in / groups * kernel)
  if use_bias { param bias: [out] = fan_uniform(in / groups * kernel) }

  fn forward(x: [N, in, L]) -> [N, out, _] {
    y = conv1d(x, weight, stride = stride, padding = padding, dilation = dilation, groups = groups)
    return if use_bias then y + channels1d(bias) else y
  }
}

/// Convolution over two axes: [N, in, H, W] to [N, out, win(H, ...), win(W, ...)].
/// torch torch.nn.Conv2d
/// run x |> Conv2d(6, 5) -> f32[2, 6, 24, 24] with x = f32[2, 1, 28, 28]
layer Conv2d(out: int, kernel: int[], stride: int[] = 1, padding: int[] = 0, dilation: int[] = 1, groups: int = 1,
             use_bias: bool = true, in: int = _) {
  require groups >= 1 and in % groups == 0 and out % groups == 0, "groups must divide both channel counts"
  const k = kernel_sizes(kernel, 2)
  param weight: [out, in / groups, k[0], k[1]] = fan_uniform(in / groups * product(k))
  if use_bias { param bias: [out] = fan_uniform(in / groups * product(k)) }

  fn forward(x: [N, in, H, W]) -> [N, out, _, _] {
    y = conv2d(x, weight, stride = stride, padding = padding, dilation = dilation, groups = groups)
    return if use_bias then y + channels(bias) else y
  }
}

/// Convolution over three axes: [N, in, D, H, W] to [N, out, _, _, _].
/// torch torch.nn.Conv3d
/// run x |> Conv3d(6, [1, 3, 3]) -> f32[2, 6, 4, 6, 6] with x = f32[2, 1, 4, 8, 8]
layer Conv3d(out: int, kernel: int[], stride: int[] = 1, padding: int[] = 0, dilation: int[] = 1, groups: int = 1,
             use_bias: bool = true, in: int = _) {
  require groups >= 1 and in % groups == 0 and out % groups == 0, "groups must divide both channel counts"
  const k = kernel_sizes(kernel, 3)
  param weight: [out, in / groups, k[0], k[1], k[2]] = fan_uniform(in / groups * product(k))
  if use_bias { param bias: [out] = fan_uniform(in / groups * product(k)) }

  fn forward(x: [N, in, D, H, W]) -> [N, out, _, _, _] {
    y = conv3d(x, weight, stride = stride, padding = padding, dilation = dilation, groups = groups)
    return if use_bias then y + channels3d(bias) else y
  }
}

/// Each channel convolved on its own, giving `multiplier` channels each: [N, in, H, W] to [N, in * multiplier, _, _].
/// torch torch.nn.Conv2d(groups=in_channels)
/// run x |> DepthwiseConv2d(3, padding = 1) -> f32[2, 8, 6, 6] with x = f32[2, 8, 6, 6]
layer DepthwiseConv2d(kernel: int[], stride: int[] = 1, padding: int[] = 0, dilation: int[] = 1, multiplier: int = 1,
                      use_bias: bool = true, in: int = _) {
  const k = kernel_sizes(kernel, 2)
  param weight: [in * multiplier, 1, k[0], k[1]] = fan_uniform(product(k))
  if use_bias { param bias: [in * multiplier] = fan_uniform(product(k)) }

  fn forward(x: [N, in, H, W]) -> [N, in * multiplier, _, _] {
    y = conv2d(x, weight, stride = stride, padding = padding, dilation = dilation, groups = in)
    return if use_bias then y + channels(bias) else y
  }
}

/// Transposed convolution over one axis: [N, in, L] to [N, out, unwin(L, ...)].
/// torch torch.nn.ConvTranspose1d
/// run x |> ConvTranspose1d(4, 2, stride = 2) -> f32[2, 4, 14] with x = f32[2, 3, 7]
layer ConvTranspose1d(out: int, kernel: int, stride: int = 1, padding: int = 0, output_padding: int = 0,
                      groups: int = 1, use_bias: bool = true, dilation: int = 1, in: int = _) {
  require groups >= 1 and in % groups == 0 and out % groups == 0, "groups must divide both channel counts"
  param weight: [in, out / groups, kernel] = fan_uniform(out / groups * kernel)
  if use_bias { param bias: [out] = fan_uniform(out / groups * kernel) }

  fn forward(x: [N, in, L]) -> [N, out, _] {
    y = conv_transpose1d(x, weight, stride = stride, padding = padding, output_padding = output_padding,
                         dilation = dilation, groups = groups)
    return if use_bias then y + channels1d(bias) else y
  }
}

/// Transposed convolution over two axes: [N, in, H, W] to [N, out, unwin(H, ...), unwin(W, ...)].
/// torch torch.nn.ConvTranspose2d
/// run x |> ConvTranspose2d(4, 4, stride = 2, padding = 1) -> f32[2, 4, 16, 16] with x = f32[2, 3, 8, 8]
layer ConvTranspose2d(out: int, kernel: int[], stride: int[] = 1, padding: int[] = 0, output_padding: int[] = 0,
                      groups: int = 1, use_bias: bool = true, dilation: int[] = 1,
                      w: init = fan_uniform(float(out) / groups * product(kernel_sizes(kernel, 2))), in: int = _) {
  require groups >= 1 and in % groups == 0 and out % groups == 0, "groups must divide both channel counts"
  const k = kernel_sizes(kernel, 2)
  param weight: [in, out / groups, k[0], k[1]] = w
  if use_bias { param bias: [out] = fan_uniform(out / groups * product(k)) }

  fn forward(x: [N, in, H, W]) -> [N, out, _, _] {
    y = conv_transpose2d(x, weight, stride = stride, padding = padding, output_padding = output_padding,
                         dilation = dilation, groups = groups)
    return if use_bias then y + channels(bias) else y
  }
}
