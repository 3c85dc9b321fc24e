// sizes N = 1 3 4 7 8 13 16 25 32 33 64 100 207
// below 5
package differential

layer ReductionsLayer() {
  param w: [5] = ones

  fn along_rows(x: [N, 5]) -> [N] = sum(x * w, axes = -1)
  fn along_columns(x: [N, 5]) -> [5] = sum(x * w, axes = 0)
  fn of_wide_rows(x: [3, N]) -> [3] = sum(x * x, axes = 1)
  fn greatest(x: [3, N]) -> [3] = amax(x, axes = 1)
  fn where_greatest(x: [3, N]) -> i32[3] = argmax(x, axis = 1)
  fn soft(x: [3, N]) -> [3, N] = softmax(x)
  fn norm(x: [N, 5]) -> [] = sum(sqrt(sum((x * w) ** 2, axes = 0)))
  fn cross(x: [N, 5], label: i32[N]) -> [] = cross_entropy(x * w, label)
  fn moved(x: [2, 3, N]) -> [N, 2, 3] = permute(x, [2, 0, 1])
  fn part(x: [N, 5]) -> [N, 2] = x[:, 1:3] * 2
}

model Reductions = ReductionsLayer()
