/* First names, letter by letter. */
package tasks

/// The next letter from the last `context` letters (Bengio et al., 2003): a name is a text between two ends (0).
model NamesMlp {
  const letters = 27
  letter = Embedding(letters, 16)
  net = [flatten, Linear(200), tanh, Linear(letters)]

  /// One score for each letter that may come next.
  fn forward(ids: i32[N, 3]) -> [N, letters] = ids |> letter |> net

  /// What training makes small.
  fn loss(ids: i32[N, 3], next: i32[N]) -> [] = forward(ids) |> cross_entropy(next)
}

/// The next letter from all letters before it.
model NamesGru {
  const letters = 27
  letter = Embedding(letters, 32)
  reader = GRU(128)
  head   = Linear(letters)

  /// One score for each letter that may come next, at each position.
  fn forward(ids: i32[N, T]) -> [N, T, letters] = ids |> letter |> reader |> head

  /// What training makes small: the cross entropy of the letters and of the end; what follows the end does not count.
  fn loss(ids: i32[N, T], next: i32[N, T]) -> [] {
    counts = float(next != 0 or ids != 0)
    return -sum(pick(log_softmax(forward(ids)), next) * counts) / sum(counts)
  }
}
