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

  /// The same for one position, `at`, which looks at itself and at what is kept of those before it. Its own key and value are
  /// kept, too.
  fn step(x: [N, 1, d], keys: [N, C, d], values: [N, C, d], at: i32[N])
      -> (y: [N, 1, d], keys: [N, C, d], values: [N, C, d]) {
    q, k, v = split(qkv(x), 3)
    place = iota([N, C], axis = 1)
    here  = unsqueeze(place == unsqueeze(at, 1), 2)
    keys   = select(here, k, keys)
    values = select(here, v, values)
    score = einsum(rearrange(q, "n i (h c) -> n h i c", h = heads), rearrange(keys, "n j (h c) -> n h j c", h = heads),
        "n h i c, n h j c -> n h j") / sqrt(d / heads)
    share = select(unsqueeze(place <= unsqueeze(at, 1), 1), score, -inf) |> softmax
    y = einsum(share, rearrange(values, "n j (h c) -> n h j c", h = heads), "n h j, n h j c -> n h c")
    return y |> rearrange("n h c -> n (h c)") |> unsqueeze(1) |> o, keys, values
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

  /// The same for one position, with what the attention keeps.
  fn step(x: [N, 1, d], keys: [N, C, d], values: [N, C, d], at: i32[N])
      -> (y: [N, 1, d], keys: [N, C, d], values: [N, C, d]) {
    y, keys, values = attn.step(n1(x), keys, values, at)
    x = x + y
    return x + (x |> n2 |> up |> gelu |> down), keys, values
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

  /// The scores after one more character, the one at the place `at`, from the keys and values that are kept of up to C
  /// characters; with these and the next place to go on from.
  fn step(ids: i32[N, 1], keys: [depth, N, C, d], values: [depth, N, C, d], at: i32[N])
      -> (scores: [N, 1, vocabulary], keys: [depth, N, C, d], values: [depth, N, C, d], at: i32[N]) {
    require C <= context, "sequence longer than the context window"
    x = e(ids) + p(unsqueeze(at, 1))
    kept = []
    seen = []
    for i in 0..<depth {
      x, k, v = blocks[i].step(x, keys[i], values[i], at)
      kept = kept + [k]
      seen = seen + [v]
    }
    return x |> n |> h, stack(kept, axis = 0), stack(seen, axis = 0), at + 1
  }

  /// What training makes small: `next` is `ids`, one place further on.
  fn loss(ids: i32[N, T], next: i32[N, T]) -> [] = forward(ids) |> cross_entropy(next)
}

/// Four blocks of width 128 over 96 characters.
model GptMini = CharGpt()
