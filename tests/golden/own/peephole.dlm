package own

/// An LSTM with peepholes and layer normalisation, both ways.
layer Peep(h: int, i: int = _) {
  param w: [4 * h, i] = uniform(-0.3, 0.3)
  param u: [4 * h, h] = orthogonal()
  param peep: [3, h] = zeros
  norm = LayerNorm()
  fn forward(x: [N, T, i]) -> (all: [N, T, h], last: [N, h], cell: [N, h]) {
    s = zeros([N, h])
    c = zeros([N, h])
    all = for v in x along T {
      z = norm(einsum(v, w, "n i, o i -> n o") + einsum(s, u, "n i, o i -> n o"))
      a, f, g, o = split(z, 4, axis = -1)
      c = sigmoid(f + 1 + peep[1] * c) * c + sigmoid(a + peep[0] * c) * tanh(g)
      s = sigmoid(o + peep[2] * c) * tanh(c)
      yield s
    }
    return all, s, c
  }
}

/// Both directions, and the mean product of a last cell and a last state.
layer BothWays(width: int, hidden: int, out: int) {
  ahead = Peep(hidden)
  back = Peep(hidden)
  head = Linear(out)

  fn forward(x: [N, T, width]) -> [N, T, out] {
    a, _, ca = ahead(x)
    b, lb, _ = back(flip(x, axes = 1))
    return head(concat([a, flip(b, axes = 1)], axis = -1)) + unsqueeze(mean(ca * lb, axes = 1, keep = true), 1)
  }
  fn loss(x: [N, T, width], y: [N, T, out]) -> [] = mse(forward(x), y)
}
