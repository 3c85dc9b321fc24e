package own

/// Codes with a straight-through gradient.
layer Codes() {
  enc = Linear(4)
  param book: [7, 4] = normal(0.0, 1.0)
  dec = Linear(5)
  fn forward(x: [N, 5]) -> (y: [N, 5], code: i32[N], commit: []) {
    z = enc(x)
    d = sum(z * z, axes = 1, keep = true) - 2 * (z @ transpose(book, 0, 1)) + unsqueeze(sum(book * book, axes = 1), 0)
    code = argmin(d, axis = 1)
    q = take(book, code)
    st = z + stop(q - z)
    return dec(st), code, mse(stop(q), z) * 0.25 + mse(q, stop(z))
  }
  fn loss(x: [N, 5]) -> [] {
    y, _, c = forward(x)
    return mse(y, x) + c
  }
}
