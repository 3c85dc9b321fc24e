/*
 * Normalisation. Defaults, leaf names and buffers follow PyTorch's modules; only where a channel has a single number to train
 * on, which PyTorch refuses, its variance is 0.
 */
package dlm.nn

/// Per-channel vector, ready to meet a tensor of `axes` axes: N, C and others.
/// torch none
/// run per_channel(v, 3) -> [[1], [2]] with v = [1, 2]
fn per_channel(v: [C], axes: int) -> _ = reshape(v, [C] + [1 for _ in 2..<axes])

/// Batch normalisation of [N, C] or [N, C, L]: mean and variance of each channel over batch and places while
/// training, running ones otherwise (Ioffe and Szegedy, 2015).
/// torch torch.nn.BatchNorm1d
/// run x |> BatchNorm1d(eps = 0.0) -> [[1, 2]] with x = [[1, 2]]
/// run x |> BatchNorm1d() -> f32[2, 3, 8] with x = f32[2, 3, 8]
layer BatchNorm1d(eps: float = 1e-5, momentum: float = 0.1, affine: bool = true, track_running_stats: bool = true,
                  c: int = _) {
  require 0 <= eps and eps < 1, "eps is a small number, below 1 (how many channels there are follows from the input)"
  require 0 <= momentum and momentum <= 1, "momentum is the share of the new: from 0 to 1"
  if affine {
    param weight: [c] = ones
    param bias:   [c] = zeros
  }
  if track_running_stats {
    buffer running_mean: [c] = zeros
    buffer running_var:  [c] = ones
  }

  fn forward(x: [N, c, ...]) -> [N, c, ...] {
    require rank(x) <= 3, "BatchNorm1d takes [N, C] or [N, C, L]"
    axes = [0] + [i for i in 2..<rank(x)]
    m, v = if training or not track_running_stats then moments(x, axes = axes) else (running_mean, running_var)
    if training and track_running_stats {
      n = N * product(shape(x)[2:])
      running_mean := lerp(running_mean, m, momentum)
      running_var  := lerp(running_var, v * n / max(n - 1, 1), momentum)
    }
    s = rsqrt(v + eps)
    y = (x - per_channel(m, rank(x))) * per_channel(if affine then s * weight else s, rank(x))
    return if affine then y + per_channel(bias, rank(x)) else y
  }
}

/// Batch normalisation of [N, C, H, W]: mean and variance of each channel over batch and image while training,
/// running ones otherwise (Ioffe and Szegedy, 2015).
/// torch torch.nn.BatchNorm2d
/// run x |> BatchNorm2d() -> f32[2, 3, 4, 4] with x = f32[2, 3, 4, 4]
layer BatchNorm2d(eps: float = 1e-5, momentum: float = 0.1, affine: bool = true, track_running_stats: bool = true,
                  c: int = _) {
  require 0 <= eps and eps < 1, "eps is a small number, below 1 (how many channels there are follows from the input)"
  require 0 <= momentum and momentum <= 1, "momentum is the share of the new: from 0 to 1"
  if affine {
    param weight: [c] = ones
    param bias:   [c] = zeros
  }
  if track_running_stats {
    buffer running_mean: [c] = zeros
    buffer running_var:  [c] = ones
  }

  fn forward(x: [N, c, H, W]) -> [N, c, H, W] {
    m, v = if training or not track_running_stats then moments(x, axes = [0, 2, 3]) else (running_mean, running_var)
    if training and track_running_stats {
      n = N * H * W
      running_mean := lerp(running_mean, m, momentum)
      running_var  := lerp(running_var, v * n / max(n - 1, 1), momentum)
    }
    s = rsqrt(v + eps)
    y = (x - channels(m)) * channels(if affine then s * weight else s)
    return if affine then y + channels(bias) else y
  }
}

/// Layer normalisation over the last axis (Ba et al., 2016): [..., d] to [..., d]; or over the last two or three axes, whose
/// lengths are given as `shape`.
/// torch torch.nn.LayerNorm
/// run x |> LayerNorm(eps = 0.0) -> [[-1, 1]] with x = [[1, 3]]
/// run x |> LayerNorm() -> f32[2, 5, 8] with x = f32[2, 5, 8]
/// run x |> LayerNorm(shape = [3, 4, 4]) -> f32[2, 3, 4, 4] with x = f32[2, 3, 4, 4]
layer LayerNorm(eps: float = 1e-5, affine: bool = true, use_bias: bool = true, shape: int[] = [], d: int = _) {
  require 0 <= eps and eps < 1, "eps is a small number, below 1 (how many features there are follows from the input)"
  const axes = max(len(shape), 1)
  require axes <= 3, "layer normalisation is over one, two or three axes"
  require len(shape) == 0 or shape[-1] == d, "the last number of `shape` is the length of the last axis"
  if affine and axes == 1 { param weight: [d] = ones }
  if affine and axes == 2 { param weight: [shape[0], d] = ones }
  if affine and axes == 3 { param weight: [shape[0], shape[1], d] = ones }
  if affine and use_bias and axes == 1 { param bias: [d] = zeros }
  if affine and use_bias and axes == 2 { param bias: [shape[0], d] = zeros }
  if affine and use_bias and axes == 3 { param bias: [shape[0], shape[1], d] = zeros }

  fn forward(x: [..., d]) -> [..., d] {
    m, v = moments(x, axes = [-i for i in 1..<axes + 1], keep = true)
    y = (x - m) * rsqrt(v + eps)
    return if not affine then y else if use_bias then y * weight + bias else y * weight
  }
}

/// Group normalisation of [N, C, ...]: channels in `groups` groups, each with one mean and variance for every example
/// (Wu and He, 2018).
/// torch torch.nn.GroupNorm
/// run x |> GroupNorm(2) -> f32[2, 6, 4, 4] with x = f32[2, 6, 4, 4]
layer GroupNorm(groups: int, eps: float = 1e-5, affine: bool = true, c: int = _) {
  require 0 <= eps and eps < 1, "eps is a small number, below 1 (how many channels there are follows from the input)"
  require groups >= 1 and c % groups == 0, "groups must divide the channel count"
  if affine {
    param weight: [c] = ones
    param bias:   [c] = zeros
  }

  fn forward(x: [N, c, ...]) -> [N, c, ...] {
    y = reshape(x, [N, groups, c / groups * product(shape(x)[2:])])
    m, v = moments(y, axes = [2], keep = true)
    z = reshape((y - m) * rsqrt(v + eps), shape(x))
    return if affine then z * per_channel(weight, rank(x)) + per_channel(bias, rank(x)) else z
  }
}

/// Every channel of every image normalised on its own (Ulyanov et al., 2016): [N, C, H, W] to [N, C, H, W]. With
/// `track_running_stats`, running means and variances are used when not training.
/// torch torch.nn.InstanceNorm2d
/// run x |> InstanceNorm2d(affine = true) -> f32[2, 3, 4, 4] with x = f32[2, 3, 4, 4]
layer InstanceNorm2d(eps: float = 1e-5, momentum: float = 0.1, affine: bool = false,
                     track_running_stats: bool = false, c: int = _) {
  require 0 <= eps and eps < 1, "eps is a small number, below 1 (how many channels there are follows from the input)"
  require 0 <= momentum and momentum <= 1, "momentum is the share of the new: from 0 to 1"
  if affine {
    param weight: [c] = ones
    param bias:   [c] = zeros
  }
  if track_running_stats {
    buffer running_mean: [c] = zeros
    buffer running_var:  [c] = ones
  }

  fn forward(x: [N, c, H, W]) -> [N, c, H, W] {
    m, v = if training or not track_running_stats then moments(x, axes = [2, 3], keep = true)
           else (channels(running_mean), channels(running_var))
    if training and track_running_stats {
      n = H * W
      running_mean := lerp(running_mean, reshape(mean(m, axes = 0), [c]), momentum)
      running_var  := lerp(running_var, reshape(mean(v, axes = 0), [c]) * n / max(n - 1, 1), momentum)
    }
    y = (x - m) * rsqrt(v + eps)
    return if affine then y * channels(weight) + channels(bias) else y
  }
}

/// Division by the root of the mean square over the last axis (Zhang and Sennrich, 2019): [..., d] to [..., d].
/// Without `eps` it is that of f32.
/// torch torch.nn.RMSNorm
/// run x |> RMSNorm() -> [[0.8485, 1.1314]] with x = [[3, 4]]
layer RMSNorm(eps: float = 1.1920928955078125e-7, affine: bool = true, d: int = _) {
  require 0 <= eps and eps < 1, "eps is a small number, below 1 (how many features there are follows from the input)"
  if affine { param weight: [d] = ones }

  fn forward(x: [..., d]) -> [..., d] {
    y = x * rsqrt(mean(square(x), axes = [-1], keep = true) + eps)
    return if affine then y * weight else y
  }
}
