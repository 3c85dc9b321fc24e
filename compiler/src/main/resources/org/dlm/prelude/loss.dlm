/* Losses: the mean over all elements, as PyTorch's defaults. */
package dlm.loss

/// Mean squared error.
fn mse(x: [...], target: [...]) -> [] = mean(square(x - target))
/// Mean absolute error.
fn l1(x: [...], target: [...]) -> [] = mean(abs(x - target))
/// Squared where the error is below beta, absolute above.
fn smooth_l1(x: [...], target: [...], beta: float = 1.0) -> [] {
  e = abs(x - target)
  return mean(select(e < beta, 0.5 * e * e / beta, e - 0.5 * beta))
}
/// As smooth_l1, times delta.
fn huber(x: [...], target: [...], delta: float = 1.0) -> [] {
  e = abs(x - target)
  return mean(select(e <= delta, 0.5 * e * e, delta * (e - 0.5 * delta)))
}

/// Mean negative log-likelihood of integer labels, given unnormalised scores.
fn cross_entropy(logits: [..., C], label: i32[...], label_smoothing: float = 0.0) -> [] {
  y = log_softmax(logits)
  hit = mean(-pick(y, label))
  return if label_smoothing == 0.0 then hit else (1 - label_smoothing) * hit - label_smoothing * mean(y)
}
/// Mean negative log-likelihood of integer labels, given log-probabilities.
fn nll(log_probability: [..., C], label: i32[...]) -> [] = mean(-pick(log_probability, label))

/// Binary cross-entropy of probabilities; the logarithm is kept above -100.
fn bce(probability: [...], target: [...]) -> [] =
  mean(-(target * max(log(probability), -100.0) + (1 - target) * max(log(1 - probability), -100.0)))
/// Binary cross-entropy of unnormalised scores.
fn bce_with_logits(logits: [...], target: [...]) -> [] = mean(max(logits, 0.0) - logits * target + log1p(exp(-abs(logits))))

/// Kullback-Leibler divergence: target * (log(target) - x), where x are log-probabilities.
fn kl_div(x: [...], target: [...]) -> [] = mean(select(target > 0, target * log(max(target, 1e-38)), 0.0) - target * x)
/// x where the label is 1, max(0, margin - x) where it is -1.
fn hinge_embedding(x: [...], label: [...], margin: float = 1.0) -> [] =
  mean(select(label > 0, x, relu(margin - x)))
/// max(0, -label * (a - b) + margin).
fn margin_ranking(a: [...], b: [...], label: [...], margin: float = 0.0) -> [] = mean(relu(margin - label * (a - b)))
/// max(0, |anchor - positive| - |anchor - negative| + margin), distances along the last axis.
fn triplet_margin(anchor: [..., D], positive: [..., D], negative: [..., D], margin: float = 1.0) -> [] =
  mean(relu(norm(anchor - positive + 1e-6, axes = -1) - norm(anchor - negative + 1e-6, axes = -1) + margin))
/// 1 - cos(a, b) where the label is 1, max(0, cos(a, b) - margin) where it is -1.
fn cosine_embedding(a: [N, D], b: [N, D], label: [N], margin: float = 0.0) -> [] {
  c = sum(a * b, axes = 1) / sqrt((sum(a * a, axes = 1) + 1e-12) * (sum(b * b, axes = 1) + 1e-12))
  return mean(select(label > 0, 1 - c, relu(c - margin)))
}
/// Poisson negative log-likelihood: exp(x) - target * x.
fn poisson_nll(x: [...], target: [...]) -> [] = mean(exp(x) - target * x)
/// Gaussian negative log-likelihood with the given variances, kept above eps.
fn gaussian_nll(x: [...], target: [...], variance: [...], eps: float = 1e-6) -> [] {
  v = max(variance, eps)
  return mean(0.5 * (log(v) + square(x - target) / v))
}
