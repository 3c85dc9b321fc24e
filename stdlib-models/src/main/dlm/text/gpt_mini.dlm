package text

/// Every position looks at itself and at those before it, once for each head.
layer SelfAttention(heads: int, d: int = _) {
  require d % heads == 0, "heads must divide the model width"
  qkv = Linear(3 * d)
  o   = Linear(d)

  fn forward(x: [N, T, d]) -> [N, T, d] {
    q, k, v = [rearrange(y, "n t (h c) -> n h t c", h = heads) for y in split(qkv(x), 3)]
    score = einsum(q, k, "n h i c, n h j c -> n h i j") / sqrt(d / heads)
    past  = iota([T, T], axis = 0) >= iota([T, T], axis = 1)
    share = select(past, score, -inf) |> softmax
    return einsum(share, v, "n h i j, n h j c -> n h i c") |> rearrange("n h t c -> n t (h c)") |> o
  }
}

/// A decoder block with normalisation in front of its two halves (Xiong et al., 2020, arXiv 2002.04745).
layer Block(heads: int, d: int = _) {
  n1   = LayerNorm()
  attn = SelfAttention(heads)
  n2   = LayerNorm()
  up   = Linear(4 * d)
  down = Linear(d)

  fn forward(x: [N, T, d]) -> [N, T, d] {
    x = x + (x |> n1 |> attn)
    return x + (x |> n2 |> up |> gelu |> down)
  }
}

/// A small decoder over characters, with a head of its own.
layer CharGpt(vocabulary: int = 96, context: int = 64, d: int = 128, heads: int = 4, depth: int = 4) {
  e = Embedding(vocabulary, d)
  p = Embedding(context, d)
  blocks = [Block(heads) for _ in 0..<depth]
  n = LayerNorm()
  h = Linear(vocabulary, use_bias = false)

  /// One score for each character that may come next, at each position.
  fn forward(ids: i32[N, T]) -> [N, T, vocabulary] {
    require T <= context, "sequence longer than the context window"
    return e(ids) + p(iota([T])) |> blocks |> n |> h
  }

  /// What training makes small: `next` is `ids`, one place further on.
  fn loss(ids: i32[N, T], next: i32[N, T]) -> [] = forward(ids) |> cross_entropy(next)
}

/// Four blocks of width 128 over 96 characters.
model GptMini = CharGpt()
