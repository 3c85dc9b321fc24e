package own

/// Root mean square normalisation.
layer MyNorm(eps: float = 1e-5, d: int = _) {
  param scale: [d] = ones
  fn forward(x: [..., d]) -> [..., d] = x * rsqrt(mean(x * x, axes = -1, keep = true) + eps) * scale
}

/// Rotary positions on pairs of neighbours.
fn rotate(x: [N, H, T, D]) -> [N, H, T, D] {
  require D % 2 == 0
  pairs = rearrange(x, "n h t (d two) -> n h t d two", two = 2)
  angle = float(iota([T, D / 2], axis = 0)) * exp(float(iota([T, D / 2], axis = 1)) * (-log(10000.0) * 2 / D))
  a = pairs[..., 0]
  b = pairs[..., 1]
  y = stack([a * cos(angle) - b * sin(angle), a * sin(angle) + b * cos(angle)], axis = -1)
  return rearrange(y, "n h t d two -> n h t (d two)")
}

layer MyAttention(heads: int, d: int = _) {
  require d % heads == 0, "heads must divide the width"
  param qkv: [3, heads, d / heads, d] = glorot_uniform(d, d)
  out = Linear(d, use_bias = false)
  fn forward(x: [N, T, d]) -> [N, T, d] {
    q = rotate(einsum(x, qkv[0], "n t d, h e d -> n h t e"))
    k = rotate(einsum(x, qkv[1], "n t d, h e d -> n h t e"))
    v = einsum(x, qkv[2], "n t d, h e d -> n h t e")
    s = einsum(q, k, "n h t e, n h s e -> n h t s") / sqrt(d / heads)
    s = select(iota([T, T], axis = 0) >= iota([T, T], axis = 1), s, -1e9)
    return einsum(softmax(s, axis = -1), v, "n h t s, n h s e -> n t h e") |> rearrange("n t h e -> n t (h e)") |> out
  }
}

layer SwiGlu(width: int, d: int = _) {
  up = Linear(2 * width, use_bias = false)
  down = Linear(d, use_bias = false)
  fn forward(x: [..., d]) -> [..., d] {
    a, b = split(up(x), 2, axis = -1)
    return down(silu(a) * b)
  }
}

layer Block(heads: int, width: int) {
  n1 = MyNorm()
  at = MyAttention(heads)
  n2 = MyNorm()
  ff = SwiGlu(width)
  fn forward(x: [N, T, D]) -> [N, T, D] {
    y = x + at(n1(x))
    return y + ff(n2(y))
  }
}

/// A decoder after Llama (Touvron et al., 2023), its scores by the embedding's own weights.
layer Decoder(vocabulary: int, d: int, heads: int, width: int, depth: int) {
  embed = Embedding(vocabulary, d)
  blocks = [Block(heads, width) for _ in 0..<depth]
  norm = MyNorm()
  fn forward(ids: i32[N, T]) -> [N, T, vocabulary] =
    ids |> embed |> blocks |> norm |> einsum(embed.weight, "n t d, v d -> n t v")
  fn loss(ids: i32[N, T], next: i32[N, T]) -> [] =
    cross_entropy(reshape(forward(ids), [N * T, vocabulary]), reshape(next, [N * T]))
}
