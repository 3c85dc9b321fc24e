package text

/// Attention is all you need (Vaswani et al., 2017, arXiv 1706.03762): an encoder that looks at the whole text and a decoder that
/// looks at it and at the words before. The two tables of words and the head are one, as in the paper.
layer EncoderDecoder(vocabulary: int, d: int = 512, heads: int = 8, depth: int = 6, feedforward: int = 2048, p: float = 0.1) {
  words    = Embedding(vocabulary, d, w = normal(0.0, d ** -0.5))
  places   = PositionalEncoding(p)
  encoder  = [TransformerEncoderLayer(heads, feedforward, p) for _ in 0..<depth]
  decoder  = [TransformerDecoderLayer(heads, feedforward, p, causal = true) for _ in 0..<depth]

  fn embed(ids: i32[N, T]) -> [N, T, d] = words(ids) * sqrt(float(d)) |> places

  /// One score for each word that may come next. `target` is the translation so far, with a mark of its beginning in front.
  fn forward(text: i32[N, S], target: i32[N, T]) -> [N, T, vocabulary] {
    memory = text |> embed |> encoder
    y = embed(target)
    for layer_of in decoder { y = layer_of(y, memory) }
    return einsum(y, words.weight, "n t d, v d -> n t v")
  }

  /// What training makes small: `next` is `target`, one place further on.
  fn loss(text: i32[N, S], target: i32[N, T], next: i32[N, T]) -> [] =
    forward(text, target) |> cross_entropy(next, label_smoothing = 0.1)
}

/// The base model of the paper, with its shared vocabulary of 37,000 pieces of words.
model TransformerBase = EncoderDecoder(vocabulary = 37_000)
