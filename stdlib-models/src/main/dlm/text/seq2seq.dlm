package text

/// Translation by two recurrent networks with attention between them (Bahdanau, Cho and Bengio, 2014, arXiv 1409.0473; the score
/// is the general one of Luong, Pham and Manning, 2015, arXiv 1508.04025). The encoder reads both ways; before each word the
/// decoder looks at all of the encoder's states and takes those that fit its own state.
layer Translator(source: int, target: int, d: int = 256, hidden: int = 256) {
  source_words = Embedding(source, d)
  target_words = Embedding(target, d)
  encoder = GRU(hidden, bidirectional = true)
  start   = Linear(hidden)
  score   = Linear(hidden, use_bias = false)
  decoder = GRUCell(hidden)
  head    = Linear(target)

  /// One score for each word that may come next. `words` is the translation so far, with a mark of its beginning in front.
  fn forward(text: i32[N, S], words: i32[N, T]) -> [N, T, target] {
    memory = text |> source_words |> encoder
    keys = score(memory)
    h = tanh(start(memory[:, 0]))
    states = for word in target_words(words) along 1 {
      share = einsum(h, keys, "n c, n s c -> n s") |> softmax
      seen  = einsum(share, memory, "n s, n s c -> n c")
      h = decoder(concat([word, seen], axis = 1), h)
      yield concat([h, seen], axis = 1)
    }
    return head(states)
  }

  /// What training makes small: `next` is `words`, one place further on.
  fn loss(text: i32[N, S], words: i32[N, T], next: i32[N, T]) -> [] = forward(text, words) |> cross_entropy(next)
}

/// Both vocabularies of 8,000 words.
model Seq2Seq = Translator(source = 8_000, target = 8_000)
