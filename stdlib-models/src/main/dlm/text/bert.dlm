/* BERT (Devlin et al., 2018, arXiv 1810.04805): an encoder that is taught to guess tokens that are hidden from it. */
package text

/// Every position looks at every position that holds a token, once for each head.
layer Attention(heads: int, p: float, d: int = _) {
  require d % heads == 0, "heads must divide the model width"
  query  = Linear(d)
  key    = Linear(d)
  value  = Linear(d)
  dense  = Linear(d)
  drop   = Dropout(p)

  fn by_head(x: [N, T, d]) -> [N, heads, T, _] = rearrange(x, "n t (h c) -> n h t c", h = heads)

  fn forward(x: [N, T, d], present: bool[N, T]) -> [N, T, d] {
    score = einsum(by_head(query(x)), by_head(key(x)), "n h i c, n h j c -> n h i j") / sqrt(d / heads)
    share = select(rearrange(present, "n t -> n 1 1 t"), score, -3.4e38) |> softmax |> drop
    y = einsum(share, by_head(value(x)), "n h i j, n h j c -> n h i c")
    return y |> rearrange("n h t c -> n t (h c)") |> dense
  }
}

/// An encoder block with normalisation behind its two halves.
layer EncoderBlock(heads: int, p: float, d: int = _) {
  attention = Attention(heads, p)
  norm1 = LayerNorm(eps = 1e-12)
  intermediate = Linear(4 * d)
  output = Linear(d)
  norm2 = LayerNorm(eps = 1e-12)
  drop  = Dropout(p)

  fn forward(x: [N, T, d], present: bool[N, T]) -> [N, T, d] {
    y = norm1(x + drop(attention(x, present)))
    return norm2(y + (y |> intermediate |> gelu |> output |> drop))
  }
}

/// The encoder, its pooled first position, and the head that guesses hidden tokens.
layer Encoder(vocabulary: int = 30_522, context: int = 512, d: int = 768, heads: int = 12, depth: int = 12, p: float = 0.1) {
  words     = Embedding(vocabulary, d, w = normal(0.0, 0.02))
  positions = Embedding(context, d, w = normal(0.0, 0.02))
  segments  = Embedding(2, d, w = normal(0.0, 0.02))
  norm      = LayerNorm(eps = 1e-12)
  drop      = Dropout(p)
  blocks    = [EncoderBlock(heads, p) for _ in 0..<depth]
  pooler    = Linear(d)

  fn encode(ids: i32[N, T], segment: i32[N, T], present: bool[N, T]) -> [N, T, d] {
    require T <= context, "sequence longer than the context window"
    x = words(ids) + positions(iota([T])) + segments(segment) |> norm |> drop
    for block in blocks { x = block(x, present) }
    return x
  }

  /// A vector for each position and one for the whole. `segment` is 0 or 1, `mask` 1 where there is a token, 0 where there is padding.
  fn forward(ids: i32[N, T], segment: i32[N, T], mask: i32[N, T]) -> (hidden: [N, T, d], pooled: [N, d]) {
    x = encode(ids, segment, mask > 0)
    return x, x[:, 0] |> pooler |> tanh
  }

  /// The mean loss of guessing `token` at every position where `hidden` is 1.
  fn loss(ids: i32[N, T], segment: i32[N, T], mask: i32[N, T], token: i32[N, T], hidden: i32[N, T]) -> [] {
    y = einsum(encode(ids, segment, mask > 0), words.weight, "n t d, v d -> n t v") |> log_softmax
    h = float(hidden)
    return -sum(pick(y, token) * h) / max(sum(h), 1.0)
  }
}

/// BERT base, without case.
model BertBase = Encoder()
