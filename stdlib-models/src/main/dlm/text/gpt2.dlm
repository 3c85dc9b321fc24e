/* Language models are unsupervised multitask learners (Radford et al., 2019). Parameters are named and laid out as in the
   published weights: those of the dense layers are [in, out]. */
package text

/// A dense layer with its weight as GPT-2 keeps it.
layer Conv1D(out: int, in: int = _) {
  param weight: [in, out] = normal(0.0, 0.02)
  param bias:   [out] = zeros
  fn forward(x: [..., in]) -> [..., out] = einsum(x, weight, "... i, i o -> ... o") + bias
}

/// Every position looks at itself and at those before it, once for each head.
layer CausalAttention(heads: int, p: float = 0.0, d: int = _) {
  require d % heads == 0, "heads must divide the model width"
  c_attn = Conv1D(3 * d)
  c_proj = Conv1D(d)
  drop   = Dropout(p)

  fn forward(x: [N, T, d]) -> [N, T, d] {
    q, k, v = [rearrange(y, "n t (h c) -> n h t c", h = heads) for y in split(c_attn(x), 3)]
    score = einsum(q, k, "n h i c, n h j c -> n h i j") / sqrt(d / heads)
    past  = iota([T, T], axis = 0) >= iota([T, T], axis = 1)
    share = select(past, score, -inf) |> softmax |> drop
    return einsum(share, v, "n h i j, n h j c -> n h i c") |> rearrange("n h t c -> n t (h c)") |> c_proj
  }
}

/// Two dense layers at each position.
layer FeedForward(d: int = _) {
  c_fc   = Conv1D(4 * d)
  c_proj = Conv1D(d)
  fn forward(x: [N, T, d]) -> [N, T, d] = x |> c_fc |> gelu_tanh |> c_proj
}

/// A decoder block with normalisation in front of its two halves.
#remat
layer GptBlock(heads: int, p: float, d: int = _) {
  ln_1 = LayerNorm()
  attn = CausalAttention(heads, p)
  ln_2 = LayerNorm()
  mlp  = FeedForward()
  drop = Dropout(p)

  fn forward(x: [N, T, d]) -> [N, T, d] {
    x = x + (x |> ln_1 |> attn |> drop)
    return x + (x |> ln_2 |> mlp |> drop)
  }
}

/// The next token after each, from a stack of blocks. The head is the table of the tokens again.
layer Gpt(vocabulary: int, context: int = 1024, d: int = 768, heads: int = 12, depth: int = 12, p: float = 0.1) {
  wte  = Embedding(vocabulary, d, w = normal(0.0, 0.02))
  wpe  = Embedding(context, d, w = normal(0.0, 0.02))
  drop = Dropout(p)
  h    = [GptBlock(heads, p) for _ in 0..<depth]
  ln_f = LayerNorm()

  /// One score for each token that may come next, at each position.
  fn forward(ids: i32[N, T]) -> [N, T, vocabulary] {
    require T <= context, "sequence longer than the context window"
    x = wte(ids) + wpe(iota([T])) |> drop |> h |> ln_f
    return einsum(x, wte.weight, "n t d, v d -> n t v")
  }

  /// What training makes small: `next` is `ids`, one place further on.
  fn loss(ids: i32[N, T], next: i32[N, T]) -> [] = forward(ids) |> cross_entropy(next)
}

/// GPT-2 small.
model Gpt2Small = Gpt(vocabulary = 50_257)
