// sizes N = 1 7 16 500 512 513 1100
package differential

/* Slow functions in loops in lanes, shorter and longer than a line of the runtime: one behind another, several side by
   side, in sums, and in what is stored and read again. */
layer LinesLayer() {
  param w: [64] = ones

  fn gates(x: [N, 64], y: [N, 64]) -> [N, 64] = sigmoid(x * w) * tanh(y) + tanh(sigmoid(y) * x + exp(-x * x)) * sigmoid(y)
  fn flat(x: [N], y: [N]) -> [N] = log1p(exp(x)) * tanh(log1p(exp(x))) + erf(y) * expm1(x * 0.1)
  fn summed(x: [3, N]) -> [3] = log(sum(exp(x) * sigmoid(x), axes = 1))
  fn soft(x: [2, N]) -> [2, N] = softmax(x) * tanh(x)
  fn entropy(x: [N, 64]) -> [] = mean(softplus(x * w) - sigmoid(x) * gelu(x))
}

model LinesModel = LinesLayer()
