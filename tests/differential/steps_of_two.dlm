// sizes N = 1 3
// below 9
package differential

/// Windows of step two over rows of fixed lengths: whole vectors, parts of one, odd rows whose last number no window sees.
layer StepsOfTwoLayer() {
  param s: [4] = ones
  param m: [4] = zeros
  param b: [4] = zeros

  fn largest28(x: [N, 4, 28, 28]) -> [] = sum(max_pool2d(relu(x * channels(s)), 2) ** 2)
  fn largest10(x: [N, 4, 14, 10]) -> [] = sum(max_pool2d(x * channels(s), 2) ** 2)
  fn largest8(x: [N, 4, 16, 8]) -> [N, 4, 8, 4] = max_pool2d(x * channels(s), 2)
  fn largest32(x: [N, 4, 32, 32]) -> [] = sum(max_pool2d(gelu(x * channels(s)), 2) ** 2)
  fn normed16(x: [N, 4, 32, 32]) -> [N, 4, 16, 16] = max_pool2d(relu((x - channels(m)) * channels(s) + channels(b)), 2)
  fn normed12(x: [N, 4, 96, 24]) -> [N, 4, 48, 12] = max_pool2d(relu((x - channels(m)) * channels(s) + channels(b)), 2)
  fn normed4(x: [N, 4, 8, 8]) -> [N, 4, 4, 4] = max_pool2d(relu((x - channels(m)) * channels(s) + channels(b)), 2)
  fn odd(x: [N, 4, 15, 37]) -> [] = sum(max_pool2d(x * channels(s), 2) ** 2) + sum(sum_pool2d(x * channels(s), 2) ** 2)
  fn mean28(x: [N, 4, 28, 28]) -> [] = sum(sum_pool2d(tanh(x * channels(s)), 2) ** 2)
  fn mean40(x: [N, 4, 20, 40]) -> [] = sum(sum_pool2d(x * channels(s), 2) ** 2)
  fn three(x: [N, 4, 17, 41]) -> [] = sum(max_pool2d(x * channels(s), 3, 2) ** 2) + sum(sum_pool2d(x * channels(s), 3, 2) ** 2)
  fn columns(x: [N, 4, 20, 40]) -> [] = sum(max_pool2d(x * channels(s), [1, 2]) ** 2)
  fn edge(x: [N, 4, 20, 20]) -> [] = sum(max_pool2d(x * channels(s), 3, 2, 1) ** 2)
  fn nearest(x: [N, 4, 14, 20]) -> [] = sum((x * channels(s) |> Upsample2d(2)) ** 2 * 0.5)
  fn wholes(k: i32[N, 40, 50]) -> [N, 40, 50] = float(k * 3 + max(k, 4) - 1) * 0.5
  fn chosen(k: i32[N, 40, 50]) -> [N, 40, 50] = where(k < 5 and not (k == 2), float(k), 1.0)
  fn kept(k: i32[N, 40, 50]) -> i32[N, 40, 50] = where(k < 5, k + 2, -k)
}

model StepsOfTwo = StepsOfTwoLayer()
