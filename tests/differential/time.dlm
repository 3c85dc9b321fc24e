// sizes N = 1 2 3 7 16 17 33
package differential

/// Loops over time, at every number of steps.
layer TimeLayer() {
  param w: [3, 5] = ones
  param u: [5, 5] = ones
  param b: [5] = ones
  inner = Gates(4)
  #remat
  again = Gates(4)
  #remat
  states_again = GRU(5)

  /// An Elman cell over N steps.
  fn states(xs: [2, N, 3], h: [2, 5]) -> (hs: [2, N, 5], h: [2, 5]) {
    hs = for x in xs along N {
      h = tanh(x @ w + h @ u * 0.2 + b)
      yield h
    }
    return hs, h
  }

  fn states_loss(xs: [2, N, 3], h: [2, 5]) -> [] {
    hs, last = states(xs, h)
    return mean(hs ** 2) + sum(last)
  }

  /// Over a batch of N.
  fn batch(xs: [N, 6, 3]) -> [] {
    h = zeros([N, 5])
    for x in xs along 1 { h = tanh(x @ w + h @ u * 0.2 + b) }
    return sum(h ** 2)
  }

  /// Several values walked, carried and yielded; yields stack at the axis walked.
  fn several(xs: [4, N], ys: [N]) -> (a: [4, N], b: [N], last: [4]) {
    total = zeros([4])
    steps = 0
    a, b = for x, y in xs, ys along N {
      total = total * 0.5 + x * y
      steps = steps + 1
      yield total / steps, y + sum(total)
    }
    return a, b, total
  }

  fn several_loss(xs: [4, N], ys: [N]) -> [] {
    a, b, last = several(xs, ys)
    return sum(a * a) + sum(b * w[0, 0]) + sum(last)
  }

  /// From the end to the start.
  fn reversed(xs: [2, N, 5]) -> [2, N, 5] {
    h = zeros([2, 5])
    hs = for x in flip(xs, axes = 1) along N {
      h = tanh(x + h @ u * 0.3)
      yield h
    }
    return flip(hs, axes = 1)
  }

  fn reversed_loss(xs: [2, N, 5]) -> [] = mean(reversed(xs) * b)

  /// A loop in a loop, attention over all states inside a step.
  fn nested(xs: [N, 3, 5]) -> [] {
    total = zeros([5])
    seen = for rows in xs along N {
      for row in rows along 0 { total = tanh(einsum(total, u, "a, a b -> b") * 0.1 + row) }
      score = softmax(einsum(rows, total, "k a, a -> k"), axis = 0)
      yield total + einsum(score, rows, "k, k a -> a")
    }
    return sum(seen * b) + sum(total)
  }

  /// A cell of its own with a gate, T fixed.
  fn gated(xs: [N, 2, 4]) -> [] {
    c = zeros([N, 4])
    h = zeros([N, 4])
    hs = for x in xs along 1 {
      h, c = inner(x, h, c)
      yield h
    }
    return mean(hs * hs) + mean(c)
  }

  /// Steps that are computed again in the backward pass, and a whole loop that is.
  fn recomputed(xs: [N, 3, 4]) -> [] {
    c = zeros([N, 4])
    h = zeros([N, 4])
    hs = for x in xs along 1 {
      h, c = again(x, h, c)
      yield h
    }
    return mean(hs * hs) + mean(c) + mean(states_again(hs) ** 2)
  }
}

layer Gates(hidden: int, in: int = _) {
  param weight: [in, 4 * hidden] = ones
  param state: [hidden, 4 * hidden] = ones
  fn forward(x: [N, in], h: [N, hidden], c: [N, hidden]) -> (h: [N, hidden], c: [N, hidden]) {
    i, f, g, o = x @ weight + h @ state * 0.3 |> split(4, axis = -1)
    c = sigmoid(f + 1) * c + sigmoid(i) * tanh(g)
    return sigmoid(o) * tanh(c), c
  }
}

model Time = TimeLayer()
