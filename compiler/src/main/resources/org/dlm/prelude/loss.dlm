/* Losses: the mean over all elements, as PyTorch's defaults. */
package dlm.loss

/// Mean squared error.
/// torch torch.nn.functional.mse_loss
/// run mse(x, target) -> 2.5 with x = [1, 2], target = [0, 4]
fn mse(x: [...], target: [...]) -> [] = mean(square(x - target))
/// Mean absolute error.
/// torch torch.nn.functional.l1_loss
/// run l1(x, target) -> 1.5 with x = [1, 2], target = [0, 4]
fn l1(x: [...], target: [...]) -> [] = mean(abs(x - target))
/// Squared where the error is below beta, absolute above.
/// torch torch.nn.functional.smooth_l1_loss
/// run smooth_l1(x, target) -> 0.8125 with x = [0.5, 2], target = [0, 4]
fn smooth_l1(x: [...], target: [...], beta: float = 1.0) -> [] {
  e = abs(x - target)
  return mean(select(e < beta, 0.5 * e * e / beta, e - 0.5 * beta))
}
/// As smooth_l1, times delta.
/// torch torch.nn.functional.huber_loss
/// run huber(x, target, delta = 0.5) -> 0.5 with x = [0.5, 2], target = [0, 4]
fn huber(x: [...], target: [...], delta: float = 1.0) -> [] {
  e = abs(x - target)
  return mean(select(e <= delta, 0.5 * e * e, delta * (e - 0.5 * delta)))
}

/// Mean negative log-likelihood of integer labels, given unnormalised scores.
/// torch torch.nn.functional.cross_entropy
/// run cross_entropy(x, label) -> 0.6931 with x = [[2, 2], [1, 1]], label = int([0, 1])
fn cross_entropy(logits: [..., C], label: i32[...], label_smoothing: float = 0.0) -> [] {
  y = log_softmax(logits)
  hit = mean(-pick(y, label))
  return if label_smoothing == 0.0 then hit else (1 - label_smoothing) * hit - label_smoothing * mean(y)
}
/// Mean negative log-likelihood of integer labels, given log-probabilities.
/// torch torch.nn.functional.nll_loss
/// run nll(x, label) -> 1.5 with x = [[-1, -3], [-4, -2]], label = int([0, 1])
fn nll(log_probability: [..., C], label: i32[...]) -> [] = mean(-pick(log_probability, label))

/// Binary cross-entropy of probabilities; the logarithm is kept above -100.
/// torch torch.nn.functional.binary_cross_entropy
/// run bce(x, target) -> 0.6931 with x = [0.5, 0.5], target = [1, 0]
fn bce(probability: [...], target: [...]) -> [] =
  mean(-(target * max(log(probability), -100.0) + (1 - target) * max(log(1 - probability), -100.0)))
/// Binary cross-entropy of unnormalised scores.
/// torch torch.nn.functional.binary_cross_entropy_with_logits
/// run bce_with_logits(x, target) -> 0.6931 with x = [0, 0], target = [1, 0]
fn bce_with_logits(logits: [...], target: [...]) -> [] = mean(max(logits, 0.0) - logits * target + log1p(exp(-abs(logits))))

/// Kullback-Leibler divergence: target * (log(target) - x), where x are log-probabilities.
/// torch torch.nn.functional.kl_div
/// run kl_div(x, target) -> 0.1534 with x = [-1, -1], target = [0.5, 0.5]
fn kl_div(x: [...], target: [...]) -> [] = mean(select(target > 0, target * log(max(target, 1e-38)), 0.0) - target * x)
/// x where the label is 1, max(0, margin - x) where it is -1.
/// torch torch.nn.functional.hinge_embedding_loss
/// run hinge_embedding(x, label) -> 0.45 with x = [0.2, 0.3], label = [1, -1]
fn hinge_embedding(x: [...], label: [...], margin: float = 1.0) -> [] =
  mean(select(label > 0, x, relu(margin - x)))
/// max(0, -label * (a - b) + margin).
/// torch torch.nn.functional.margin_ranking_loss
/// run margin_ranking(a, b, label) -> 1 with a = [1, 1], b = [3, 0], label = [1, 1]
fn margin_ranking(a: [...], b: [...], label: [...], margin: float = 0.0) -> [] = mean(relu(margin - label * (a - b)))
/// max(0, |anchor - positive| - |anchor - negative| + margin), distances along the last axis.
/// torch torch.nn.functional.triplet_margin_loss
/// run triplet_margin(a, p, n) -> 3.0000 with a = [[0, 0]], p = [[3, 4]], n = [[0, 3]]
fn triplet_margin(anchor: [..., D], positive: [..., D], negative: [..., D], margin: float = 1.0) -> [] =
  mean(relu(norm(anchor - positive + 1e-6, axes = -1) - norm(anchor - negative + 1e-6, axes = -1) + margin))
/// 1 - cos(a, b) where the label is 1, max(0, cos(a, b) - margin) where it is -1.
/// torch torch.nn.functional.cosine_embedding_loss
/// run cosine_embedding(a, b, label) -> 0.5 with a = [[1, 0], [1, 0]], b = [[2, 0], [0, 1]], label = [-1, -1]
fn cosine_embedding(a: [N, D], b: [N, D], label: [N], margin: float = 0.0) -> [] {
  c = sum(a * b, axes = 1) / sqrt((sum(a * a, axes = 1) + 1e-12) * (sum(b * b, axes = 1) + 1e-12))
  return mean(select(label > 0, 1 - c, relu(c - margin)))
}
/// Poisson negative log-likelihood: exp(x) - target * x.
/// torch torch.nn.functional.poisson_nll_loss
/// run poisson_nll(x, target) -> 1 with x = [0, 0], target = [3, 1]
fn poisson_nll(x: [...], target: [...]) -> [] = mean(exp(x) - target * x)
/// Gaussian negative log-likelihood with the given variances, kept above eps.
/// torch torch.nn.functional.gaussian_nll_loss
/// run gaussian_nll(x, target, variance) -> 0.5 with x = [1, 2], target = [0, 3], variance = [1, 1]
fn gaussian_nll(x: [...], target: [...], variance: [...], eps: float = 1e-6) -> [] {
  v = max(variance, eps)
  return mean(0.5 * (log(v) + square(x - target) / v))
}
