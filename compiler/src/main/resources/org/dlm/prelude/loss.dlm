/*
 * Losses: the mean over all elements, as PyTorch's defaults; with `reduction = "sum"` their sum, with "none" one loss for
 * each element (or row).
 */
package dlm.loss

/// What `reduction` makes of the losses of each element: their "mean", their "sum", or the losses themselves ("none").
/// torch none
/// run reduced(x, "mean") -> 2 with x = [1, 3]
/// run reduced(x, "none") -> [1, 3] with x = [1, 3]
fn reduced(x: [...], reduction: str) -> _ {
  require reduction == "mean" or reduction == "sum" or reduction == "none", "the reduction is \"mean\", \"sum\" or \"none\""
  return if reduction == "mean" then mean(x) else if reduction == "sum" then sum(x) else x
}
/// As `reduced`, where elements weigh differently: their mean is divided by the sum of the weights `w`.
/// torch none
/// run weighted(x, w, "mean") -> 2.5 with x = [1, 9], w = [1, 3]
fn weighted(x: [...], w: [...], reduction: str) -> _ =
  if reduction == "mean" then sum(x) / sum(w) else reduced(x, reduction)

/// Mean squared error.
/// torch torch.nn.functional.mse_loss
/// run mse(x, target) -> 2.5 with x = [1, 2], target = [0, 4]
fn mse(x: [...], target: [...], reduction: str = "mean") -> _ = reduced(square(x - target), reduction)
/// Mean absolute error.
/// torch torch.nn.functional.l1_loss
/// run l1(x, target) -> 1.5 with x = [1, 2], target = [0, 4]
fn l1(x: [...], target: [...], reduction: str = "mean") -> _ = reduced(abs(x - target), reduction)
/// Half the squared error over beta where the error is below beta, the error less beta / 2 above.
/// torch torch.nn.functional.smooth_l1_loss
/// run smooth_l1(x, target) -> 0.8125 with x = [0.5, 2], target = [0, 4]
fn smooth_l1(x: [...], target: [...], beta: float = 1.0, reduction: str = "mean") -> _ {
  require beta >= 0, "beta is 0 or more"
  e = abs(x - target)
  return reduced(if beta == 0.0 then e else select(e < beta, 0.5 * e * e / beta, e - 0.5 * beta), reduction)
}
/// As smooth_l1, times delta.
/// torch torch.nn.functional.huber_loss
/// run huber(x, target, delta = 0.5) -> 0.5 with x = [0.5, 2], target = [0, 4]
fn huber(x: [...], target: [...], delta: float = 1.0, reduction: str = "mean") -> _ {
  require delta > 0, "delta is more than 0"
  e = abs(x - target)
  return reduced(select(e <= delta, 0.5 * e * e, delta * (e - 0.5 * delta)), reduction)
}

/// How much each label counts: by the weight of its class, an element of [C] or one number for all, but not at all where
/// it is the label of `ignored`.
/// torch none
/// run weight_of(label, w, []) -> [0.5, 3] with label = int([1, 0]), w = [3, 0.5]
/// run weight_of(label, 1.0, -100) -> [1, 0] with label = int([1, -100])
fn weight_of(label: i32[...], weight: _, ignored: int[]) -> _ {
  require len(ignored) <= 1, "there is one label that does not count, or none"
  class = if len(ignored) == 1 then select(label == ignored[0], 0, label) else label
  each = if rank(weight) == 0 then weight else take(weight, class)
  return if len(ignored) == 1 then select(label == ignored[0], 0.0, each) else each
}
/// The losses `hit` of labels, each times what it counts, `w`, by which their mean is divided again.
/// torch none
/// run of_labels(x, w, "mean") -> 2.5 with x = [1, 3], w = [1, 3]
/// run of_labels(x, 2.0, "sum") -> 8 with x = [1, 3]
fn of_labels(hit: [...], w: _, reduction: str) -> _ =
  if rank(w) > 0 then weighted(hit * w, w, reduction)
  else reduced(if reduction == "mean" then hit else hit * w, reduction)
/// Mean negative log-likelihood of integer labels, given unnormalised scores. With `weight` a label counts by its class, one
/// number for each; labels that are `ignore_index` do not count (PyTorch leaves out -100 unasked; here a label that is no
/// class is an error unless it is named).
/// torch torch.nn.functional.cross_entropy
/// run cross_entropy(x, label) -> 0.6931 with x = [[2, 2], [1, 1]], label = int([0, 1])
/// run cross_entropy(x, label, ignore_index = -100, reduction = "none") -> [0.6931, 0] with x = [[2, 2], [1, 1]], label = int([0, -100])
fn cross_entropy(logits: [..., C], label: i32[...], label_smoothing: float = 0.0, weight: _ = 1.0,
                 ignore_index: int[] = [], reduction: str = "mean") -> _ {
  require 0 <= label_smoothing and label_smoothing <= 1, "label_smoothing must be from 0 to 1"
  if rank(weight) > 0 { require rank(weight) == 1 and shape(weight)[0] == C, "a weight for each class, or one number" }
  y = log_softmax(logits)
  w = weight_of(label, weight, ignore_index)
  hit = -pick(y, if len(ignore_index) == 1 then select(label == ignore_index[0], 0, label) else label)
  if label_smoothing == 0.0 { return of_labels(hit, w, reduction) }
  if rank(w) == 0 { return of_labels((1 - label_smoothing) * hit - label_smoothing * mean(y, axes = -1), w, reduction) }
  all = -mean(y * weight, axes = -1)
  counted = if len(ignore_index) == 1 then select(label == ignore_index[0], 0.0, all) else all
  return weighted((1 - label_smoothing) * hit * w + label_smoothing * counted, w, reduction)
}
/// Mean negative log-likelihood of integer labels, given log-probabilities; `weight` and `ignore_index` are those of
/// cross_entropy.
/// torch torch.nn.functional.nll_loss
/// run nll(x, label) -> 1.5 with x = [[-1, -3], [-4, -2]], label = int([0, 1])
fn nll(log_probability: [..., C], label: i32[...], weight: _ = 1.0, ignore_index: int[] = [],
       reduction: str = "mean") -> _ {
  if rank(weight) > 0 { require rank(weight) == 1 and shape(weight)[0] == C, "a weight for each class, or one number" }
  class = if len(ignore_index) == 1 then select(label == ignore_index[0], 0, label) else label
  return of_labels(-pick(log_probability, class), weight_of(label, weight, ignore_index), reduction)
}

/// Binary cross-entropy of probabilities, times `weight`; the logarithms are kept above -100, and the gradient's divisor
/// above 1e-12.
/// torch torch.nn.functional.binary_cross_entropy
/// run bce(x, target) -> 0.6931 with x = [0.5, 0.5], target = [1, 0]
fn bce(probability: [...], target: [...], weight: _ = 1.0, reduction: str = "mean") -> _ =
  reduced(bce_of_each(probability, target) * weight, reduction)
/// Binary cross-entropy of each probability.
/// torch torch.nn.functional.binary_cross_entropy(reduction="none")
/// run bce_of_each(p, target) -> [0.6931, 100] with p = [0.5, 0], target = [1, 1]
fn bce_of_each(probability: [...], target: [...]) -> [...] =
  -(target * max(log(probability), -100.0) + (1 - target) * max(log1p(-probability), -100.0))
  grad (dy) = dy * (probability - target) / max((1 - probability) * probability, 1e-12),
              dy * (log1p(-probability) - log(probability))
/// Binary cross-entropy of unnormalised scores, times `weight`; what is said of targets that are 1 counts `pos_weight` times.
/// torch torch.nn.functional.binary_cross_entropy_with_logits
/// run bce_with_logits(x, target) -> 0.6931 with x = [0, 0], target = [1, 0]
fn bce_with_logits(logits: [...], target: [...], weight: _ = 1.0, pos_weight: _ = 1.0, reduction: str = "mean") -> _ =
  reduced(((1 - target) * logits - (1 + (pos_weight - 1) * target) * logsigmoid(logits)) * weight, reduction)

/// Kullback-Leibler divergence: target * (log(target) - x), where x are log-probabilities, and with log_target the target, too. As
/// PyTorch's default the mean over all elements; with the reduction "batchmean" their sum divided by the length of the first axis.
/// torch torch.nn.functional.kl_div
/// run kl_div(x, target) -> 0.1534 with x = [-1, -1], target = [0.5, 0.5]
fn kl_div(x: [...], target: [...], log_target: bool = false, reduction: str = "mean") -> _ {
  loss = if log_target then exp(target) * (target - x)
         else select(target > 0, target * log(select(target > 0, target, 1.0)), 0.0) - target * x
  return if reduction == "batchmean" then sum(loss) / shape(loss)[0] else reduced(loss, reduction)
}

/// x where it is not below 0, else 0: relu, but with gradient 1 at 0.
/// torch torch.clamp_min(x, 0)
/// run hinge(x) -> [0, 0, 2] with x = [-1, 0, 2]
fn hinge(x: [...]) -> [...] = select(x < 0, 0.0, x)
/// x where the label is 1, max(0, margin - x) where it is -1.
/// torch torch.nn.functional.hinge_embedding_loss
/// run hinge_embedding(x, label) -> 0.45 with x = [0.2, 0.3], label = [1, -1]
fn hinge_embedding(x: [...], label: [...], margin: float = 1.0, reduction: str = "mean") -> _ =
  reduced(select(label > 0, x, hinge(margin - x)), reduction)
/// max(0, -label * (a - b) + margin).
/// torch torch.nn.functional.margin_ranking_loss
/// run margin_ranking(a, b, label) -> 1 with a = [1, 1], b = [3, 0], label = [1, 1]
fn margin_ranking(a: [...], b: [...], label: [...], margin: float = 0.0, reduction: str = "mean") -> _ =
  reduced(hinge(margin - label * (a - b)), reduction)
/// max(0, |anchor - positive| - |anchor - negative| + margin), distances along the last axis as p-norms; with `swap` the negative's
/// distance is that to the anchor or to the positive, whichever is smaller.
/// torch torch.nn.functional.triplet_margin_loss
/// run triplet_margin(a, p, n) -> 3.0000 with a = [[0, 0]], p = [[3, 4]], n = [[0, 3]]
fn triplet_margin(anchor: [..., D], positive: [..., D], negative: [..., D], margin: float = 1.0, p: float = 2.0,
                  eps: float = 1e-6, swap: bool = false, reduction: str = "mean") -> _ {
  require margin > 0, "the margin is more than 0"
  far = norm(anchor - negative + eps, p, axes = -1)
  far = if swap then min(far, norm(positive - negative + eps, p, axes = -1)) else far
  return reduced(hinge(norm(anchor - positive + eps, p, axes = -1) - far + margin), reduction)
}
/// 1 - cos(a, b) where the label is 1, max(0, cos(a, b) - margin) where it is -1.
/// torch torch.nn.functional.cosine_embedding_loss
/// run cosine_embedding(a, b, label) -> 0.5 with a = [[1, 0], [1, 0]], b = [[2, 0], [0, 1]], label = [-1, -1]
fn cosine_embedding(a: [..., D], b: [..., D], label: [...], margin: float = 0.0, reduction: str = "mean") -> _ {
  require -1 <= margin and margin <= 1, "the margin is that of a cosine: from -1 to 1"
  c = sum(a * b, axes = -1) / sqrt((sum(a * a, axes = -1) + 1e-12) * (sum(b * b, axes = -1) + 1e-12))
  return reduced(select(label > 0, 1 - c, hinge(c - margin)), reduction)
}
/// Poisson negative log-likelihood: exp(x) - target * x, or x - target * log(x + eps) where x is not a logarithm; `full` adds Stirling's
/// approximation of what depends on the target alone, where that is above 1.
/// torch torch.nn.functional.poisson_nll_loss
/// run poisson_nll(x, target) -> 1 with x = [0, 0], target = [3, 1]
fn poisson_nll(x: [...], target: [...], log_input: bool = true, full: bool = false, eps: float = 1e-8,
                reduction: str = "mean") -> _ {
  require eps >= 0, "eps is 0 or more"
  loss = if log_input then exp(x) - target * x else x - target * log(x + eps)
  t = select(target > 1, target, 1.0)
  stirling = select(target > 1, t * log(t) - t + 0.5 * log(2 * pi * t), 0.0)
  return reduced(if full then loss + stirling else loss, reduction)
}
/// The larger of x and low, with the gradient of x everywhere.
/// torch none
/// run raised(x, 0.5) -> [0.5, 2] with x = [0, 2]
fn raised(x: [...], low: float) -> [...] = max(x, low)
  grad (dy) = dy
/// Gaussian negative log-likelihood with the given variances, raised to eps; `full` adds log(2 pi) / 2.
/// torch torch.nn.functional.gaussian_nll_loss
/// run gaussian_nll(x, target, variance) -> 0.5 with x = [1, 2], target = [0, 3], variance = [1, 1]
fn gaussian_nll(x: [...], target: [...], variance: [...], full: bool = false, eps: float = 1e-6,
                 reduction: str = "mean") -> _ {
  require eps >= 0, "eps is 0 or more"
  v = raised(variance, eps)
  return reduced(0.5 * (log(v) + square(x - target) / v) + (if full then 0.5 * log(2 * pi) else 0.0), reduction)
}

/// Connectionist temporal classification (Graves et al., 2006): minus the logarithm of the probability that the T steps of
/// logits [N, T, C] spell the label once repeats are merged and blanks left out, over the label's length; the mean over
/// the batch. Of example n the first input_length[n] steps and the first label_length[n] labels count; infinite where no
/// way through the steps spells the label. Log-probabilities are their own logits, so they may be given as well.
/// torch torch.nn.functional.ctc_loss
/// run ctc(x, label, n, m) -> 0.2877 with x = [[[0, 0], [0, 0]]], label = int([[1]]), n = int([2]), m = int([1])
fn ctc(logits: [N, T, C], label: i32[N, S], input_length: i32[N], label_length: i32[N], blank: int = 0,
        reduction: str = "mean") -> _ {
  require 0 <= blank and blank < C, "the blank is one of the classes"
  never = -1e30
  counted = iota([N, S], axis = 1) < unsqueeze(label_length, 1)
  spelled = select(counted, label, blank)
  // A blank before, between and behind the labels: 2 * S + 1 places.
  blanks = spelled * 0 + blank
  places = concat([flatten(stack([blanks, spelled], axis = 2)), blanks[:, 0:1]], axis = 1)
  // From the place two before one comes only where the label between them is a blank and the two differ.
  skips = places != blank and places != pad(places, [0, 2], [0, -2], value = -1.0)
  table = reshape(permute(log_softmax(logits), [0, 2, 1]), [N * C, T])
  emitted = take(table, places + iota([N, 2 * S + 1], axis = 0) * C)
  // Before the first step one stands at the first place, from where the first two are reached.
  a = select(iota([N, 2 * S + 1], axis = 1) == 0, 0.0, never)
  for e, t in emitted, iota([N, 2 * S + 1, T], axis = 2) along 2 {
    one = pad(a, [0, 1], [0, -1], value = never)
    two = select(skips, pad(a, [0, 2], [0, -2], value = never), never)
    top = stop(max(max(a, one), two))
    next = top + log(exp(a - top) + exp(one - top) + exp(two - top)) + e
    a = select(t < unsqueeze(input_length, 1), next, a)
  }
  last = pick(a, 2 * label_length)
  before = select(label_length > 0, pick(a, max(2 * label_length - 1, 0)), never)
  top = stop(max(last, before))
  found = top + log(exp(last - top) + exp(before - top))
  loss = select(found > 0.5 * never, -found, inf)
  return if reduction == "mean" then mean(loss / float(max(label_length, 1))) else reduced(loss, reduction)
}
