/* Recurrent layers. Names of parameters, their layouts and the order of gates follow PyTorch's modules; all parameters start
   uniformly from -1 / sqrt(hidden) to 1 / sqrt(hidden). The hidden state of a layer is [layers, N, hidden], and twice as long
   where it is bidirectional: forwards and backwards of the first layer, then of the next. */
package dlm.nn

/// One step of an Elman network: [N, in] and the state [N, hidden] to the next state.
/// torch torch.nn.RNNCell
/// run RNNCell(4)(x, h) -> f32[2, 4] with x = f32[2, 3], h = f32[2, 4]
layer RNNCell(hidden: int, use_bias: bool = true, nonlinearity: str = "tanh", in: int = _) {
  require hidden >= 1, "the hidden state has at least one number"
  require nonlinearity == "tanh" or nonlinearity == "relu", "the nonlinearity is \"tanh\" or \"relu\""
  param weight_ih: [hidden, in] = fan_uniform(hidden)
  param weight_hh: [hidden, hidden] = fan_uniform(hidden)
  if use_bias {
    param bias_ih: [hidden] = fan_uniform(hidden)
    param bias_hh: [hidden] = fan_uniform(hidden)
  }

  fn forward(x: [N, in], h: [N, hidden]) -> [N, hidden] {
    a = einsum(x, weight_ih, "n i, o i -> n o") + einsum(h, weight_hh, "n i, o i -> n o")
    a = if use_bias then a + (bias_ih + bias_hh) else a
    return if nonlinearity == "tanh" then tanh(a) else relu(a)
  }
}

/// One step of a long short-term memory (Hochreiter and Schmidhuber, 1997): [N, in], the state h and the memory c, both
/// [N, hidden], to the next h and c. Gates lie in the order input, forget, memory, output.
/// torch torch.nn.LSTMCell
/// run LSTMCell(4)(x, h, c)[0] -> f32[2, 4] with x = f32[2, 3], h = f32[2, 4], c = f32[2, 4]
layer LSTMCell(hidden: int, use_bias: bool = true, in: int = _) {
  require hidden >= 1, "the hidden state has at least one number"
  param weight_ih: [4 * hidden, in] = fan_uniform(hidden)
  param weight_hh: [4 * hidden, hidden] = fan_uniform(hidden)
  if use_bias {
    param bias_ih: [4 * hidden] = fan_uniform(hidden)
    param bias_hh: [4 * hidden] = fan_uniform(hidden)
  }

  fn forward(x: [N, in], h: [N, hidden], c: [N, hidden]) -> (h: [N, hidden], c: [N, hidden]) {
    a = einsum(x, weight_ih, "n i, o i -> n o") + einsum(h, weight_hh, "n i, o i -> n o")
    i, f, g, o = split(if use_bias then a + (bias_ih + bias_hh) else a, 4, axis = -1)
    c = sigmoid(f) * c + sigmoid(i) * tanh(g)
    return sigmoid(o) * tanh(c), c
  }
}

/// One step of a gated recurrent unit (Cho et al., 2014): [N, in] and the state [N, hidden] to the next state. Gates lie in
/// the order reset, update, new; as in PyTorch the reset gate is applied behind the product with the state.
/// torch torch.nn.GRUCell
/// run GRUCell(4)(x, h) -> f32[2, 4] with x = f32[2, 3], h = f32[2, 4]
layer GRUCell(hidden: int, use_bias: bool = true, in: int = _) {
  require hidden >= 1, "the hidden state has at least one number"
  param weight_ih: [3 * hidden, in] = fan_uniform(hidden)
  param weight_hh: [3 * hidden, hidden] = fan_uniform(hidden)
  if use_bias {
    param bias_ih: [3 * hidden] = fan_uniform(hidden)
    param bias_hh: [3 * hidden] = fan_uniform(hidden)
  }

  fn forward(x: [N, in], h: [N, hidden]) -> [N, hidden] {
    a = einsum(x, weight_ih, "n i, o i -> n o")
    b = einsum(h, weight_hh, "n i, o i -> n o")
    ar, az, an = split(if use_bias then a + bias_ih else a, 3, axis = -1)
    br, bz, bn = split(if use_bias then b + bias_hh else b, 3, axis = -1)
    z = sigmoid(az + bz)
    n = tanh(an + sigmoid(ar + br) * bn)
    return n + z * (h - n)
  }
}

/// Elman network over time, from a zero state: [N, T, in] to the states of the last layer, [N, T, hidden], or
/// [N, T, 2 * hidden] where it is bidirectional. `run(x, h)` starts from given states and also gives the last ones.
/// torch torch.nn.RNN
/// run x |> RNN(4) -> f32[2, 7, 4] with x = f32[2, 7, 3]
layer RNN(hidden: int, layers: int = 1, nonlinearity: str = "tanh", use_bias: bool = true, dropout: float = 0.0,
    bidirectional: bool = false, in: int = _) {
  require hidden >= 1, "the hidden state has at least one number"
  require layers >= 1, "there is at least one layer"
  #flat("_l")
  cells = [RNNCell(hidden, use_bias, nonlinearity) for _ in 0..<layers]
  if bidirectional {
    #flat("_l", "_reverse")
    back = [RNNCell(hidden, use_bias, nonlinearity) for _ in 0..<layers]
  }
  drop = Dropout(dropout)
  const ways = if bidirectional then 2 else 1

  fn forward(x: [N, T, in]) -> [N, T, ways * hidden] {
    out, _ = run(x, zeros([ways * layers, N, hidden]))
    return out
  }

  fn run(x: [N, T, in], h: [ways * layers, N, hidden])
      -> (out: [N, T, ways * hidden], h: [ways * layers, N, hidden]) {
    lasts = []
    y = x
    for k in 0..<layers {
      y = if k > 0 then drop(y) else y
      s = h[ways * k]
      states = for e in y along 1 {
        s = cells[k](e, s)
        yield s
      }
      lasts = lasts + [s]
      if bidirectional {
        b = h[ways * k + 1]
        others = for e in flip(y, axes = 1) along 1 {
          b = back[k](e, b)
          yield b
        }
        lasts = lasts + [b]
        states = concat([states, flip(others, axes = 1)], axis = 2)
      }
      y = states
    }
    return y, stack(lasts)
  }
}

/// Long short-term memory over time, from zero states: [N, T, in] to the states of the last layer, [N, T, hidden], or
/// [N, T, 2 * hidden] where it is bidirectional. `run(x, h, c)` starts from given states and also gives the last ones.
/// torch torch.nn.LSTM
/// run x |> LSTM(4) -> f32[2, 7, 4] with x = f32[2, 7, 3]
layer LSTM(hidden: int, layers: int = 1, use_bias: bool = true, dropout: float = 0.0, bidirectional: bool = false,
    in: int = _) {
  require hidden >= 1, "the hidden state has at least one number"
  require layers >= 1, "there is at least one layer"
  #flat("_l")
  cells = [LSTMCell(hidden, use_bias) for _ in 0..<layers]
  if bidirectional {
    #flat("_l", "_reverse")
    back = [LSTMCell(hidden, use_bias) for _ in 0..<layers]
  }
  drop = Dropout(dropout)
  const ways = if bidirectional then 2 else 1

  fn forward(x: [N, T, in]) -> [N, T, ways * hidden] {
    start = zeros([ways * layers, N, hidden])
    out, _, _ = run(x, start, start)
    return out
  }

  fn run(x: [N, T, in], h: [ways * layers, N, hidden], c: [ways * layers, N, hidden])
      -> (out: [N, T, ways * hidden], h: [ways * layers, N, hidden], c: [ways * layers, N, hidden]) {
    last_h = []
    last_c = []
    y = x
    for k in 0..<layers {
      y = if k > 0 then drop(y) else y
      s = h[ways * k]
      m = c[ways * k]
      states = for e in y along 1 {
        s, m = cells[k](e, s, m)
        yield s
      }
      last_h = last_h + [s]
      last_c = last_c + [m]
      if bidirectional {
        s = h[ways * k + 1]
        m = c[ways * k + 1]
        others = for e in flip(y, axes = 1) along 1 {
          s, m = back[k](e, s, m)
          yield s
        }
        last_h = last_h + [s]
        last_c = last_c + [m]
        states = concat([states, flip(others, axes = 1)], axis = 2)
      }
      y = states
    }
    return y, stack(last_h), stack(last_c)
  }
}

/// Gated recurrent unit over time, from a zero state: [N, T, in] to the states of the last layer, [N, T, hidden], or
/// [N, T, 2 * hidden] where it is bidirectional. `run(x, h)` starts from given states and also gives the last ones.
/// torch torch.nn.GRU
/// run x |> GRU(4) -> f32[2, 7, 4] with x = f32[2, 7, 3]
layer GRU(hidden: int, layers: int = 1, use_bias: bool = true, dropout: float = 0.0, bidirectional: bool = false,
    in: int = _) {
  require hidden >= 1, "the hidden state has at least one number"
  require layers >= 1, "there is at least one layer"
  #flat("_l")
  cells = [GRUCell(hidden, use_bias) for _ in 0..<layers]
  if bidirectional {
    #flat("_l", "_reverse")
    back = [GRUCell(hidden, use_bias) for _ in 0..<layers]
  }
  drop = Dropout(dropout)
  const ways = if bidirectional then 2 else 1

  fn forward(x: [N, T, in]) -> [N, T, ways * hidden] {
    out, _ = run(x, zeros([ways * layers, N, hidden]))
    return out
  }

  fn run(x: [N, T, in], h: [ways * layers, N, hidden])
      -> (out: [N, T, ways * hidden], h: [ways * layers, N, hidden]) {
    lasts = []
    y = x
    for k in 0..<layers {
      y = if k > 0 then drop(y) else y
      s = h[ways * k]
      states = for e in y along 1 {
        s = cells[k](e, s)
        yield s
      }
      lasts = lasts + [s]
      if bidirectional {
        b = h[ways * k + 1]
        others = for e in flip(y, axes = 1) along 1 {
          b = back[k](e, b)
          yield b
        }
        lasts = lasts + [b]
        states = concat([states, flip(others, axes = 1)], axis = 2)
      }
      y = states
    }
    return y, stack(lasts)
  }
}
