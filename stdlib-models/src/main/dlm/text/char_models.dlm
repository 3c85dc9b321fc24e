/* Language models over characters that read one after the other and remember in a state. Parameters of the recurrent layers
   are named and laid out as PyTorch's. */
package text

/// The next character after each, from a recurrent network (Elman, 1990), a long short-term memory (Hochreiter and Schmidhuber,
/// 1997) or gated recurrent units (Cho et al., 2014). `cell` is "rnn", "lstm" or "gru".
layer CharReader(cell: str, vocabulary: int = 96, d: int = 128, hidden: int = 256, layers: int = 1, dropout: float = 0.0) {
  require cell == "rnn" or cell == "lstm" or cell == "gru", "cell is \"rnn\", \"lstm\" or \"gru\""
  e = Embedding(vocabulary, d)
  r = if cell == "rnn" then RNN(hidden, layers) else if cell == "lstm" then LSTM(hidden, layers) else GRU(hidden, layers)
  drop = if dropout > 0 then Dropout(dropout) else identity
  h = Linear(vocabulary)

  /// One score for each character that may come next, at each position.
  fn forward(ids: i32[N, T]) -> [N, T, vocabulary] = ids |> e |> r |> drop |> h

  if cell == "lstm" {
    /// The same from states that an earlier call gave, and the states to go on from.
    fn step(ids: i32[N, T], state: [layers, N, hidden], memory: [layers, N, hidden])
        -> (scores: [N, T, vocabulary], state: [layers, N, hidden], memory: [layers, N, hidden]) {
      y, state, memory = r.run(e(ids), state, memory)
      return y |> drop |> h, state, memory
    }
  } else {
    /// The same from the state that an earlier call gave, and the state to go on from.
    fn step(ids: i32[N, T], state: [layers, N, hidden]) -> (scores: [N, T, vocabulary], state: [layers, N, hidden]) {
      y, state = r.run(e(ids), state)
      return y |> drop |> h, state
    }
  }

  /// What training makes small: `next` is `ids`, one place further on.
  fn loss(ids: i32[N, T], next: i32[N, T]) -> [] = forward(ids) |> cross_entropy(next)
}

/// An Elman network of width 256.
model CharRnn = CharReader("rnn")

/// One long short-term memory of width 256.
model CharLstm = CharReader("lstm")

/// Two layers of gated recurrent units of width 192.
model CharGru = CharReader("gru", hidden = 192, layers = 2)
