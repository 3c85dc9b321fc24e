// sizes T = 1 2 5 8 9 17
package differential

/// Attention over sequences of any length, and normalisation along them.
layer SequencesLayer() {
  encoder = TransformerEncoderLayer(2, 5, dropout = 0.0)
  decoder = TransformerDecoderLayer(2, 5, dropout = 0.0, activation = gelu, norm_first = true, causal = true)
  groups = GroupNorm(2)
  batch = BatchNorm1d()

  fn encoded(x: [2, T, 6]) -> [] = sum(encoder(PositionalEncoding()(x)) ** 3)
  fn decoded(x: [2, T, 6], memory: [2, 3, 6]) -> [] = sum(decoder(x, memory) ** 2)
  fn turned(x: [2, T, 6]) -> [2, T, 6] = x |> RotaryEmbedding()
  fn grouped(x: [2, 4, T]) -> [] = sum(groups(x) ** 3)
  fn batched(x: [3, 4, T]) -> [] = sum(batch(x) ** 3)
}

model Sequences = SequencesLayer()
