/* Metrics: what one watches, without a gradient. */
package dlm.metric

/// The share of rows whose largest score is at the label.
/// torch none
/// run accuracy(x, label) -> 0.5 with x = [[2, 1], [2, 1]], label = int([0, 1])
fn accuracy(logits: [..., C], label: i32[...]) -> [] = mean(float(argmax(logits, axis = -1) == label))
/// The share of rows whose label is among the k largest scores (ties count for the label).
/// torch none
/// run top_k_accuracy(x, label, k = 2) -> 0.5 with x = [[3, 2, 1], [3, 2, 1]], label = int([1, 2])
fn top_k_accuracy(logits: [..., C], label: i32[...], k: int = 5) -> [] {
  require k >= 1 and k <= C, "k must be at least 1, and at most the number of classes"
  own = pick(logits, label)
  above = sum(float(logits > unsqueeze(own, rank(own))), axes = -1)
  return mean(float(above < k))
}
/// exp(cross_entropy).
/// torch none
/// run perplexity(x, label) -> 2.0000 with x = [[1, 1], [3, 3]], label = int([0, 1])
fn perplexity(logits: [..., C], label: i32[...]) -> [] = exp(cross_entropy(logits, label))
/// Mean absolute error.
/// torch torch.nn.functional.l1_loss
/// run mae(x, target) -> 1.5 with x = [1, 2], target = [0, 4]
fn mae(x: [...], target: [...]) -> [] = mean(abs(x - target))
/// Root of the mean squared error.
/// torch none
/// run rmse(x, target) -> 5 with x = [1, 2], target = [8, 1]
fn rmse(x: [...], target: [...]) -> [] = sqrt(mean(square(x - target)))
/// Rows by their label, columns by their largest score: how often each pair came up.
/// torch none
/// run confusion(x, label) -> [[1, 0], [1, 0]] with x = [[2, 1], [2, 1]], label = int([0, 1])
fn confusion(logits: [N, C], label: i32[N]) -> [C, C] =
  einsum(one_hot(label, C), one_hot(argmax(logits, axis = -1), C), "n i, n j -> i j")
/// The harmonic mean of precision and recall, averaged over the classes that occur, as label or as largest score.
/// torch none
/// run f1(x, label) -> 0.3333 with x = [[2, 1], [2, 1]], label = int([0, 1])
fn f1(logits: [N, C], label: i32[N]) -> [] {
  m = confusion(logits, label)
  hits = sum(m * one_hot(iota([C]), C), axes = 0)
  seen = sum(m, axes = 0) + sum(m, axes = 1)
  return sum(2 * hits / max(seen, 1.0)) / sum(float(seen > 0))
}
