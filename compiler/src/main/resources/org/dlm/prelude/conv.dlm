/* Convolutions. A window argument given one int serves every axis; `[3, 5]` gives one an axis. Defaults follow PyTorch's modules. */
package dlm.nn

/// Output length of a sliding window. `floor` marks the one place where rounding is wanted;
/// a plain `/` between ints must divide exactly, otherwise it is error E0310.
fn win(n: int, k: int, stride: int, padding: int, dilation: int = 1) -> int =
  floor((n + 2 * padding - dilation * (k - 1) - 1) / stride) + 1

/// Output length of a transposed sliding window.
fn unwin(n: int, k: int, stride: int, padding: int, output_padding: int, dilation: int) -> int =
  (n - 1) * stride - 2 * padding + dilation * (k - 1) + output_padding + 1

/// Convolution over one axis.
layer Conv1d(out: int, kernel: int, stride: int = 1, padding: int = 0, dilation: int = 1, groups: int = 1,
             use_bias: bool = true, in: int = _) {
  require in % groups == 0 and out % groups == 0, "groups must divide both channel counts"
  const fan = in / groups * kernel
  param weight: [out, in / groups, kernel] = fan_uniform(fan)
  if use_bias { param bias: [out] = fan_uniform(fan) }

  fn forward(x: [N, in, L]) -> [N, out, _] {
    y = conv1d(x, weight, stride = stride, padding = padding, dilation = dilation, groups = groups)
    return if use_bias then y + channels1d(bias) else y
  }
}

/// Convolution over two axes.
layer Conv2d(out: int, kernel: int[], stride: int[] = 1, padding: int[] = 0, dilation: int[] = 1, groups: int = 1,
             use_bias: bool = true, in: int = _) {
  require in % groups == 0 and out % groups == 0, "groups must divide both channel counts"
  const k = each_axis(kernel, 2)
  const fan = in / groups * product(k)
  param weight: [out, in / groups, k[0], k[1]] = fan_uniform(fan)
  if use_bias { param bias: [out] = fan_uniform(fan) }

  fn forward(x: [N, in, H, W]) -> [N, out, _, _] {
    y = conv2d(x, weight, stride = stride, padding = padding, dilation = dilation, groups = groups)
    return if use_bias then y + channels(bias) else y
  }
}

/// Convolution over three axes.
layer Conv3d(out: int, kernel: int[], stride: int[] = 1, padding: int[] = 0, dilation: int[] = 1, groups: int = 1,
             use_bias: bool = true, in: int = _) {
  require in % groups == 0 and out % groups == 0, "groups must divide both channel counts"
  const k = each_axis(kernel, 3)
  const fan = in / groups * product(k)
  param weight: [out, in / groups, k[0], k[1], k[2]] = fan_uniform(fan)
  if use_bias { param bias: [out] = fan_uniform(fan) }

  fn forward(x: [N, in, D, H, W]) -> [N, out, _, _, _] {
    y = conv3d(x, weight, stride = stride, padding = padding, dilation = dilation, groups = groups)
    return if use_bias then y + channels3d(bias) else y
  }
}

/// Each channel convolved on its own, giving `multiplier` channels each.
layer DepthwiseConv2d(kernel: int[], stride: int[] = 1, padding: int[] = 0, dilation: int[] = 1, multiplier: int = 1,
                      use_bias: bool = true, in: int = _) {
  const k = each_axis(kernel, 2)
  param weight: [in * multiplier, 1, k[0], k[1]] = fan_uniform(product(k))
  if use_bias { param bias: [in * multiplier] = fan_uniform(product(k)) }

  fn forward(x: [N, in, H, W]) -> [N, in * multiplier, _, _] {
    y = conv2d(x, weight, stride = stride, padding = padding, dilation = dilation, groups = in)
    return if use_bias then y + channels(bias) else y
  }
}

/// Transposed convolution over one axis.
layer ConvTranspose1d(out: int, kernel: int, stride: int = 1, padding: int = 0, output_padding: int = 0, groups: int = 1,
                      use_bias: bool = true, dilation: int = 1, in: int = _) {
  require in % groups == 0 and out % groups == 0, "groups must divide both channel counts"
  const fan = out / groups * kernel
  param weight: [in, out / groups, kernel] = fan_uniform(fan)
  if use_bias { param bias: [out] = fan_uniform(fan) }

  fn forward(x: [N, in, L]) -> [N, out, _] {
    y = conv_transpose1d(x, weight, stride = stride, padding = padding, output_padding = output_padding, dilation = dilation,
                         groups = groups)
    return if use_bias then y + channels1d(bias) else y
  }
}

/// Transposed convolution over two axes.
layer ConvTranspose2d(out: int, kernel: int[], stride: int[] = 1, padding: int[] = 0, output_padding: int[] = 0, groups: int = 1,
                      use_bias: bool = true, dilation: int[] = 1,
                      w: init = fan_uniform(out / groups * product(each_axis(kernel, 2))), in: int = _) {
  require in % groups == 0 and out % groups == 0, "groups must divide both channel counts"
  const k = each_axis(kernel, 2)
  param weight: [in, out / groups, k[0], k[1]] = w
  if use_bias { param bias: [out] = fan_uniform(out / groups * product(k)) }

  fn forward(x: [N, in, H, W]) -> [N, out, _, _] {
    y = conv_transpose2d(x, weight, stride = stride, padding = padding, output_padding = output_padding, dilation = dilation,
                         groups = groups)
    return if use_bias then y + channels(bias) else y
  }
}
