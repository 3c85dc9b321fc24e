// sizes N = 1 2 4 6 8 13 16 17 25 32 33 64 100
package differential

/// The open dim once in every place of a matrix product.
layer ContractionsLayer() {
  param w: [13, 17] = ones
  param b: [17] = ones
  param v: [9, 7] = ones

  fn rows(x: [N, 13]) -> [N, 17] = x @ w
  fn columns(y: [13, N]) -> [9, N] = einsum(y[0:7, :], v, "k n, o k -> o n")
  fn depth(x: [9, N], y: [N, 6]) -> [9, 6] = x @ y
  fn batched(x: [2, N, 5], y: [2, 5, 3]) -> [2, N, 3] = x @ y
  fn layered(x: [N, 13]) -> [] = sum(tanh(x @ w + b) ** 2)
  fn scores(x: [2, N, 4], y: [2, N, 4]) -> [2, N, N] = einsum(x, y, "h i c, h j c -> h i j")
}

model Contractions = ContractionsLayer()
