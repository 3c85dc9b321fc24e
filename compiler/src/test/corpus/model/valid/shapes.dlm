package corpus

// What can be proved, and what a requirement makes provable.

layer Patches(size: int, d: int, c: int = _) {
  embed = Linear(d)
  fn forward(x: [N, c, H, W]) -> [N, H / size * (W / size), d] {
    require H % size == 0, "the height must be a multiple of the patch"
    require W % size == 0
    return x |> rearrange("n c (h a) (w b) -> n (h w) (a b c)", a = size, b = size) |> embed
  }
}

model Proofs {
  patches = Patches(4, 16)
  stem = Conv2d(8, 3, stride = 2, padding = 1)
  up = ConvTranspose2d(8, 4, stride = 2, padding = 1)

  /// Divisibility by substitution.
  fn vit(x: [N, 3, H, W]) -> _ = patches(x)

  /// Equality by rewriting.
  fn added(q: [N, T], k: [N, S]) -> [N, T] {
    require T == S, "as many keys as queries"
    return q + k
  }

  /// A polynomial solved for its one open dim.
  fn halves(x: [N, 2 * D]) -> [N, D] {
    a, b = split(x, 2)
    return a * b
  }

  /// Open dims through windows and back.
  fn image(x: [N, 3, H, W]) -> [N, 8, _, _] = x |> stem |> up

  /// Opaque quotients are equal to themselves.
  fn residual(x: [N, 3, H, W]) -> [N, 8, _, _] {
    y = stem(x)
    return y + relu(y)
  }

  fn product(x: [N, T, 4], y: [N, 4, S]) -> [N, T, S] = x @ y
  fn attention(q: [N, T, 8], k: [N, S, 8]) -> [N, T, S] = einsum(q, k, "n t d, n s d -> n t s") / sqrt(8.0)
  fn masked(x: [T, T]) -> [T, T] = select(iota([T, T], axis = 0) >= iota([T, T], axis = 1), x, -inf)
  fn joined(a: [N, T, 4], b: [N, S, 4]) -> [N, T + S, 4] = concat([a, b], axis = 1)
  fn shorter(x: [N, T + 1]) -> [N, T] = x[:, 1:]
  fn flat(x: [N, T, 4]) -> [N * T, 4] = reshape(x, [_, 4])
  fn counted(x: [N, T]) -> [N] = sum(x, axes = 1) / T
  fn positions(ids: i32[N, T]) -> [N, T] {
    require T <= 16, "at most 16 positions"
    return float(ids + iota([T]))
  }
}

layer Block(out: int, stride: int = 1, in: int = _) {
  path = [Conv2d(out, 3, stride, padding = 1, use_bias = false), BatchNorm2d(), relu]
  skip = if stride != 1 or in != out then Conv2d(out, 1, stride) else identity
  fn forward(x: [N, in, H, W]) -> [N, out, _, _] = relu(path(x) + skip(x))
}

model Fixed = Net(4) with N = 2

layer Net(out: int) {
  #frozen
  body = [Block(8), Block(8, 2)]
  head = Linear(out)
  fn forward(x: [N, 3, 8, 8]) -> [N, out] = x |> body |> mean(axes = [2, 3]) |> head
  fn loss(x: [N, 3, 8, 8], label: i32[N]) -> [] = forward(x) |> cross_entropy(label, label_smoothing = 0.1)
}
