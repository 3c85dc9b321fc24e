// sizes N = 1 2 3 4 5 17
// below 12
package differential

/// Products with rows of a table that has fewer rows than are asked for, or more: 12 rows, 3 N of them.
layer LookedUpLayer() {
  words = Embedding(12, 20)
  padded = Embedding(12, 20, padding_idx = 3)
  lines = LSTM(24)
  rest = GRU(5, bidirectional = true)
  up = Linear(32)
  few = Linear(7, use_bias = false)

  fn remembered(ids: i32[N, 3]) -> [] = sum((ids |> words |> lines) ** 2)
  fn both_ways(ids: i32[N, 3]) -> [] = sum((ids |> padded |> rest) ** 2)
  fn multiplied(ids: i32[N, 3]) -> [N, 3, 32] = ids |> words |> up
  fn multiplied_loss(ids: i32[N, 3]) -> [] = sum(multiplied(ids) ** 3)
  fn across(ids: i32[N, 3]) -> [] = sum(einsum(words(ids), up.weight, "n t d, o d -> t o n") ** 2)
  fn several(ids: i32[N, 3]) -> [] = sum(few(words(ids)) * sum(up(words(ids)), axes = -1, keep = true))
  fn with_numbers(ids: i32[N, 3], y: [N, 3, 9]) -> [20, 9] = einsum(words(ids), y, "n t d, n t e -> d e")

  /// Always more than there are rows.
  fn many(ids: i32[N, 30]) -> [] = sum((ids |> words |> up) ** 3)

  /// Rows that are computed, and numbers of rows that are.
  fn computed(ids: i32[N, 3]) -> [] =
    sum(einsum(take(words.weight * 0.5 + 1, 11 - ids), up.weight, "n t d, o d -> n t o") ** 2)
}

model LookedUp = LookedUpLayer()
