package own

/// A linear-chain conditional random field: negative log likelihood and the best path.
layer Chain() {
  emit = Linear(5)
  param move: [5, 5] = uniform(-0.5, 0.5)
  param start: [5] = zeros
  fn loss(x: [N, T, 3], tag: i32[N, T]) -> [] {
    require T >= 2
    e = emit(x)
    a = start + e[:, 0]
    for v in e[:, 1:] along 1 {
      a = logsumexp(broadcast(unsqueeze(a, 2), [N, 5, 5]) + move, axes = 1) + v
    }
    total = logsumexp(a, axes = 1)
    own = sum(pick(e, tag), axes = 1) + take(start, tag[:, 0])
    pairs = tag[:, :-1] * 5 + tag[:, 1:]
    steps = sum(take(reshape(move, [25]), pairs), axes = 1)
    return mean(total - own - steps)
  }
  /// Viterbi's best path.
  fn best(x: [N, T, 3]) -> (score: [N], path: i32[N, T]) {
    require T >= 2
    e = emit(x)
    a = start + e[:, 0]
    back = for v in e[:, 1:] along 1 {
      s = broadcast(unsqueeze(a, 2), [N, 5, 5]) + move
      a = amax(s, axes = 1) + v
      yield argmax(s, axis = 1)
    }
    tag = argmax(a, axis = 1)
    last = tag
    way = for b in flip(back, axes = 1) along 1 {
      tag = pick(b, tag)
      yield tag
    }
    return amax(a, axes = 1), concat([flip(way, axes = 1), unsqueeze(last, 1)], axis = 1)
  }
}
