/* Normalisation. Defaults, leaf names and buffers follow PyTorch's modules. */
package dlm.nn

/// Batch normalisation of an N, C tensor (Ioffe and Szegedy, 2015).
/// torch torch.nn.BatchNorm1d
/// run x |> BatchNorm1d(eps = 0.0) -> [[1, 2]] with x = [[1, 2]]
layer BatchNorm1d(eps: float = 1e-5, momentum: float = 0.1, c: int = _) {
  param  weight: [c] = ones
  param  bias:   [c] = zeros
  buffer running_mean: [c] = zeros
  buffer running_var:  [c] = ones

  fn forward(x: [N, c]) -> [N, c] {
    m, v = if training then moments(x, axes = [0]) else (running_mean, running_var)
    if training {
      running_mean := lerp(running_mean, m, momentum)
      running_var  := lerp(running_var, v * N / (N - 1), momentum)
    }
    return (x - m) * (rsqrt(v + eps) * weight) + bias
  }
}

/// Batch normalisation of an N, C, H, W tensor: mean and variance of each channel over batch and image while training, running
/// ones otherwise (Ioffe and Szegedy, 2015).
/// torch torch.nn.BatchNorm2d
/// run x |> BatchNorm2d() -> f32[2, 3, 4, 4] with x = f32[2, 3, 4, 4]
layer BatchNorm2d(eps: float = 1e-5, momentum: float = 0.1, c: int = _) {
  param  weight: [c] = ones
  param  bias:   [c] = zeros
  buffer running_mean: [c] = zeros
  buffer running_var:  [c] = ones

  fn forward(x: [N, c, H, W]) -> [N, c, H, W] {
    m, v = if training then moments(x, axes = [0, 2, 3]) else (running_mean, running_var)
    if training {
      n = N * H * W
      running_mean := lerp(running_mean, m, momentum)
      running_var  := lerp(running_var, v * n / (n - 1), momentum)
    }
    return (x - channels(m)) * channels(rsqrt(v + eps) * weight) + channels(bias)
  }
}

/// Layer normalisation over the last axis (Ba et al., 2016).
/// torch torch.nn.LayerNorm
/// run x |> LayerNorm() -> [[-1.0000, 1.0000]] with x = [[1, 3]]
layer LayerNorm(eps: float = 1e-5, d: int = _) {
  param weight: [d] = ones
  param bias:   [d] = zeros

  fn forward(x: [..., d]) -> [..., d] {
    m, v = moments(x, axes = [-1], keep = true)
    return (x - m) * rsqrt(v + eps) * weight + bias
  }
}

/// Group normalisation of an N, C, H, W tensor (Wu and He, 2018).
/// torch torch.nn.GroupNorm
/// run x |> GroupNorm(2) -> f32[2, 4, 3, 3] with x = f32[2, 4, 3, 3]
layer GroupNorm(groups: int, eps: float = 1e-5, c: int = _) {
  require c % groups == 0, "groups must divide the channel count"
  param weight: [c] = ones
  param bias:   [c] = zeros

  fn forward(x: [N, c, H, W]) -> [N, c, H, W] {
    y = reshape(x, [N, groups, c / groups, H, W])
    m, v = moments(y, axes = [2, 3, 4], keep = true)
    return reshape((y - m) * rsqrt(v + eps), [N, c, H, W]) * channels(weight) + channels(bias)
  }
}

/// Every channel of every image normalised on its own.
/// torch torch.nn.InstanceNorm2d
/// run x |> InstanceNorm2d() -> [[[[-1.0000, 1.0000]]]] with x = [[[[1, 3]]]]
layer InstanceNorm2d(eps: float = 1e-5) {
  fn forward(x: [N, C, H, W]) -> [N, C, H, W] {
    m, v = moments(x, axes = [2, 3], keep = true)
    return (x - m) * rsqrt(v + eps)
  }
}

/// Division by the root of the mean square over the last axis (Zhang and Sennrich, 2019). Without `eps` it is that of f32, as in PyTorch.
/// torch torch.nn.RMSNorm
/// run x |> RMSNorm() -> [[0.8485, 1.1314]] with x = [[3, 4]]
layer RMSNorm(eps: float = 1.1920928955078125e-7, d: int = _) {
  param weight: [d] = ones

  fn forward(x: [..., d]) -> [..., d] = x * rsqrt(mean(square(x), axes = [-1], keep = true) + eps) * weight
}
