/* Layers without windows: dense, lookups, dropout. Defaults and leaf names follow PyTorch's modules. */
package dlm.nn

/// Does nothing: the stage for "no stage".
/// torch torch.nn.Identity
/// run x |> Identity() -> [1, 2] with x = [1, 2]
layer Identity() = identity

/// Fully connected layer on the last axis, y = x Wᵀ + b: [..., in] to [..., out].
/// torch torch.nn.Linear
/// run x |> Linear(10) -> f32[2, 10] with x = f32[2, 16]
layer Linear(out: int, use_bias: bool = true, in: int = _) {
  param weight: [out, in] = fan_uniform(in)
  if use_bias { param bias: [out] = fan_uniform(in) }

  fn forward(x: [..., in]) -> [..., out] {
    y = einsum(x, weight, "... i, o i -> ... o")
    return if use_bias then y + bias else y
  }
}

/// y_o = aᵀ W_o b + bias_o: [..., in1] and [..., in2] to [..., out].
/// torch torch.nn.Bilinear
/// run Bilinear(5)(a, b) -> f32[2, 5] with a = f32[2, 3], b = f32[2, 4]
layer Bilinear(out: int, use_bias: bool = true, in1: int = _, in2: int = _) {
  param weight: [out, in1, in2] = fan_uniform(in1)
  if use_bias { param bias: [out] = fan_uniform(in1) }

  fn forward(a: [..., in1], b: [..., in2]) -> [..., out] {
    y = einsum(einsum(a, weight, "... i, o i j -> ... o j"), b, "... o j, ... j -> ... o")
    return if use_bias then y + bias else y
  }
}

/// A table of `count` vectors of length d, looked up by number: i32[...] to [..., d]. The vector of `padding_idx`, counted
/// from the end where it is negative, stays what it is in training: it gets no gradient. Unlike PyTorch's it does not
/// begin as zeros.
/// torch torch.nn.Embedding
/// run ids |> Embedding(100, 16) -> f32[2, 7, 16] with ids = i32[2, 7]
/// run ids |> Embedding(100, 16, padding_idx = 0) -> f32[2, 7, 16] with ids = i32[2, 7]
layer Embedding(count: int, d: int, w: init = normal(0.0, 1.0), padding_idx: int[] = []) {
  require len(padding_idx) <= 1, "one number is that of the padding"
  const padding = if len(padding_idx) == 1 then (if padding_idx[0] < 0 then padding_idx[0] + count else padding_idx[0]) else 0
  require len(padding_idx) == 0 or 0 <= padding and padding < count, "padding_idx must be within the table"
  param weight: [count, d] = w
  fn forward(ids: i32[...]) -> [..., d] {
    y = take(weight, ids)
    return if len(padding_idx) == 0 then y else select(unsqueeze(ids == padding, rank(ids)), stop(y), y)
  }
}

/// While training, sets each element to 0 with probability p and scales the others up: [...] to [...].
/// torch torch.nn.Dropout
/// run x |> Dropout(0.1) -> [1, 2] with x = [1, 2]
layer Dropout(p: float = 0.5) {
  require 0 <= p and p <= 1, "the probability of dropout must be from 0 to 1"
  fn forward(x: [...]) -> [...] =
    if not training or p == 0 then x
    else if p == 1 then x * 0.0
    else x * (bernoulli(1 - p, like = x) / (1 - p))
}

/// As Dropout, for whole channels: [N, C, H, W] to [N, C, H, W].
/// torch torch.nn.Dropout2d
/// run x |> Dropout2d() -> f32[2, 3, 4, 4] with x = f32[2, 3, 4, 4]
layer Dropout2d(p: float = 0.5) {
  require 0 <= p and p <= 1, "the probability of dropout must be from 0 to 1"
  fn forward(x: [N, C, H, W]) -> [N, C, H, W] =
    if not training or p == 0 then x
    else if p == 1 then x * 0.0
    else x * (float(uniform([N, C, 1, 1]) < 1 - p) / (1 - p))
}

/// Axes `start` to `end` made one: [N, ...] to [N, _] where nothing is said.
/// torch torch.nn.Flatten
/// run x |> Flatten() -> f32[2, 12] with x = f32[2, 3, 4]
layer Flatten(start: int = 1, end: int = -1) {
  fn forward(x: _) -> _ = flatten(x, start, end)
}

/// x above 0, a learned slope times x below (He et al., 2015): [N, C, ...] to [N, C, ...]. `count` is 1, or the
/// number of channels for one slope each.
/// torch torch.nn.PReLU
/// run x |> PReLU() -> [-0.25, 2] with x = [-1, 2]
layer PReLU(count: int = 1, start: float = 0.25) {
  require count >= 1, "the number of slopes is 1, or that of the channels"
  param weight: [count] = full(start)
  fn forward(x: [...]) -> [...] {
    if count > 1 {
      require rank(x) >= 2, "a slope for each channel needs channels: [N, C, ...]"
      require shape(x)[1] == count, "the number of slopes is 1, or that of the channels"
    }
    slope = if count == 1 then weight else reshape(weight, [count] + [1 for _ in 2..<rank(x)])
    return select(x > 0, x, x * slope)
  }
}
