/* Metrics: what one watches, without a gradient. */
package dlm.metric

/// The share of rows whose largest score is at the label.
fn accuracy(logits: [..., C], label: i32[...]) -> [] = mean(float(argmax(logits, axis = -1) == label))
/// The share of rows whose label is among the k largest scores (ties count for the label).
fn top_k_accuracy(logits: [..., C], label: i32[...], k: int = 5) -> [] {
  own = pick(logits, label)
  above = sum(float(logits > unsqueeze(own, rank(own))), axes = -1)
  return mean(float(above < k))
}
/// exp(cross_entropy).
fn perplexity(logits: [..., C], label: i32[...]) -> [] = exp(cross_entropy(logits, label))
/// Mean absolute error.
fn mae(x: [...], target: [...]) -> [] = mean(abs(x - target))
/// Root of the mean squared error.
fn rmse(x: [...], target: [...]) -> [] = sqrt(mean(square(x - target)))
/// Rows by their label, columns by their largest score: how often each pair came up.
fn confusion(logits: [N, C], label: i32[N]) -> [C, C] =
  einsum(one_hot(label, C), one_hot(argmax(logits, axis = -1), C), "n i, n j -> i j")
/// The harmonic mean of precision and recall, averaged over the classes.
fn f1(logits: [N, C], label: i32[N]) -> [] {
  m = confusion(logits, label)
  hits = sum(m * one_hot(iota([C]), C), axes = 0)
  return mean(2 * hits / max(sum(m, axes = 0) + sum(m, axes = 1), 1.0))
}
