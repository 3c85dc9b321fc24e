// sizes N = 1 2 5 9
package differential

layer WholeLayer() {
  param w: [1100] = ones

  fn total(x: [N, 1100]) -> [] = sum(x * w)
  fn middle(x: [N, 1100], y: [N, 1100]) -> [] = mse(x * w, y)
  fn greatest(x: [2, N, 3, 600]) -> [] = amax(x)
  fn long_line(x: [9, N, 1300]) -> [] = mean(x * x)
}

model Whole = WholeLayer()
