// sizes N = 1 2 4 6 8 13 16 25 32 33 64 100 128 207 1000
package differential

/// One fused loop each, and its gradient by a parameter that is as wide as a row.
layer PointwiseLayer() {
  param w: [5] = ones
  param s: [] = ones

  fn arithmetic(x: [N, 5], y: [N, 5]) -> [] = sum((x + w) * y - x / (y * y + 1) + s)
  fn curves(x: [N, 5]) -> [] = sum(tanh(x * w) + sigmoid(x) * exp(-x * x) + erf(x) + sin(x) * cos(w))
  fn roots(x: [N, 5]) -> [] = mean(sqrt(x * x + w * w + 0.1) + log(abs(x * w) + 0.5) + rsqrt(w * w + 1))
  fn choices(x: [N, 5], y: [N, 5]) -> [] = sum(select(x > y, x * w, y) + max(x, w) - min(y, w) + relu(x - w))
  fn plain(x: [N], y: [N]) -> [N] = x * y + tanh(x) - floor(y) + round(x)
  fn whole(ids: i32[N]) -> i32[N] = ids * 3 + 1
  fn equal(x: [N], y: [N]) -> bool[N] = x < y and not (x == y)
}

model Pointwise = PointwiseLayer()
