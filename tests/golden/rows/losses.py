"""Losses and metrics."""
import torch
import torch.nn.functional as F

from making import *

LOSSES = {
    "mse": xy(F.mse_loss),
    "l1": xy(F.l1_loss),
    "smooth_l1": xy(lambda x, y: F.smooth_l1_loss(x, y), lambda: {"x": normal(3, 7, scale=2.0), "y": normal(3, 7)}),
    "smooth_l1_beta": xy(lambda x, y: F.smooth_l1_loss(x, y, beta=0.5)),
    "huber": xy(F.huber_loss, lambda: {"x": normal(3, 7, scale=2.0), "y": normal(3, 7)}),
    "huber_delta": xy(lambda x, y: F.huber_loss(x, y, delta=0.6)),
    "cross_entropy": fn(lambda: {"x": normal(6, 5, scale=2.0), "label": ints(6, below=5)},
                        lambda x, label: F.cross_entropy(x, label.long())),
    "cross_entropy_smooth": fn(lambda: {"x": normal(6, 5, scale=2.0), "label": ints(6, below=5)},
                               lambda x, label: F.cross_entropy(x, label.long(), label_smoothing=0.1)),
    "cross_entropy_large": fn(lambda: {"x": normal(6, 5, scale=80.0), "label": ints(6, below=5)},
                              lambda x, label: F.cross_entropy(x, label.long())),
    "cross_entropy_time": fn(lambda: {"x": normal(2, 4, 5), "label": ints(2, 4, below=5)},
                             lambda x, label: F.cross_entropy(x.reshape(8, 5), label.long().reshape(8))),
    "nll": fn(lambda: {"x": normal(6, 5), "label": ints(6, below=5)}, lambda x, label: F.nll_loss(x, label.long())),
    "bce": xy(F.binary_cross_entropy, lambda: {"x": uniform(3, 7, low=0.02, high=0.98), "y": uniform(3, 7).detach()}),
    "bce_with_logits": xy(F.binary_cross_entropy_with_logits,
                          lambda: {"x": normal(3, 7, scale=4.0), "y": uniform(3, 7).detach()}),
    "kl_div": xy(lambda x, y: F.kl_div(x, y), lambda: {"x": normal(3, 7), "y": uniform(3, 7, low=0.1).detach()}),
    "hinge_embedding": xy(F.hinge_embedding_loss, lambda: {"x": normal(3, 7), "y": signs(3, 7)}),
    "margin_ranking": fn(lambda: {"x": normal(9), "y": normal(9), "sign": signs(9)},
                         lambda x, y, sign: F.margin_ranking_loss(x, y, sign, margin=0.3)),
    "triplet_margin": fn(lambda: {"x": normal(5, 6), "y": normal(5, 6), "z": normal(5, 6)}, F.triplet_margin_loss),
    "cosine_embedding": fn(lambda: {"x": normal(5, 6), "y": normal(5, 6), "sign": signs(5)}, lambda x, y, sign:
                           F.cosine_embedding_loss(x, y, sign, margin=0.1)),
    "poisson_nll": xy(F.poisson_nll_loss, lambda: {"x": normal(3, 7), "y": positive(3, 7).detach()}),
    "gaussian_nll": fn(lambda: {"x": normal(3, 7), "y": normal(3, 7), "var": positive(3, 7)},
                       lambda x, y, var: F.gaussian_nll_loss(x, y, var)),
}
logits_and_labels = lambda: {"x": normal(12, 7), "label": ints(12, below=7)}
few_labels = lambda: {"x": normal(12, 7), "label": ints(12, below=3)}
times = lambda: {"x": normal(3, 4, 7), "label": ints(3, 4, below=7)}


def f1(x, label):
    """The mean, over the classes that occur, of 2 tp / (2 tp + fp + fn): scikit-learn's f1_score(average="macro")."""
    found, scores = x.argmax(-1), []
    for c in range(x.shape[-1]):
        tp = ((found == c) & (label == c)).sum().item()
        wrong = ((found == c) != (label == c)).sum().item()
        if tp + wrong > 0:
            scores.append(2 * tp / (2 * tp + wrong))
    return torch.tensor(sum(scores) / len(scores))


METRICS = {
    "accuracy": fn(logits_and_labels, lambda x, label: (x.argmax(-1) == label).float().mean()),
    "top_k_accuracy": fn(logits_and_labels, lambda x, label:
                         (x.topk(3, -1).indices == label[:, None]).any(-1).float().mean()),
    "perplexity": fn(logits_and_labels, lambda x, label: F.cross_entropy(x, label.long()).exp()),
    "mae": xy(F.l1_loss),
    "rmse": xy(lambda x, y: F.mse_loss(x, y).sqrt()),
    "confusion": fn(logits_and_labels, lambda x, label:
                    torch.zeros(7, 7).index_put((label.long(), x.argmax(-1)), torch.ones(()), accumulate=True)),
    "f1": fn(logits_and_labels, f1),
    "f1_absent": fn(few_labels, lambda x, label: f1(x * torch.tensor([1.0, 1, 1, 1, 0, 0, 0]), label)),
    "confusion_absent": fn(few_labels, lambda x, label:
                           torch.zeros(7, 7).index_put((label.long(), x.argmax(-1)), torch.ones(()), accumulate=True)),
    "accuracy_time": fn(times, lambda x, label: (x.argmax(-1) == label).float().mean()),
    "top_k_accuracy_one": fn(logits_and_labels, lambda x, label: (x.argmax(-1) == label).float().mean()),
    "perplexity_time": fn(times, lambda x, label: F.cross_entropy(x.reshape(12, 7), label.reshape(12).long()).exp()),
}

# every reduction; class weights, labels that do not count, label smoothing, weights of elements
scores = lambda: {"x": normal(6, 5, scale=2.0), "label": torch.tensor([3, 0, 2, 2, 4, 1], dtype=torch.int32)}
with_weight = lambda: dict(scores(), weight=positive(5).detach())
some_ignored = lambda: {"x": normal(6, 5, scale=2.0), "label": torch.tensor([3, -100, 2, 2, -100, 1], dtype=torch.int32)}
ignored_weight = lambda: dict(some_ignored(), weight=positive(5).detach())
probabilities = lambda: {"x": uniform(3, 7, low=0.02, high=0.98), "y": uniform(3, 7).detach()}
logits = lambda: {"x": normal(3, 7, scale=4.0), "y": uniform(3, 7).detach()}


def ce(make, **options):
    return fn(make, lambda x, label, weight=None: F.cross_entropy(x, label.long(), weight, **options))


def nll(make, **options):
    return fn(make, lambda x, label, weight=None: F.nll_loss(x, label.long(), weight, **options))


def reductions(name, loss, make):
    return {name + "_sum": fn(make, lambda *a: loss(*a, reduction="sum")),
            name + "_none": fn(make, lambda *a: loss(*a, reduction="none"))}


REDUCED = {
    "ce_sum": ce(scores, reduction="sum"),
    "ce_none": ce(scores, reduction="none"),
    "ce_weight": ce(with_weight),
    "ce_weight_sum": ce(with_weight, reduction="sum"),
    "ce_weight_none": ce(with_weight, reduction="none"),
    "ce_ignored": ce(some_ignored),
    "ce_ignored_two": ce(scores, ignore_index=2),
    "ce_ignored_weight": ce(ignored_weight),
    "ce_ignored_none": ce(ignored_weight, reduction="none"),
    "ce_smooth_sum": ce(scores, label_smoothing=0.2, reduction="sum"),
    "ce_smooth_none": ce(scores, label_smoothing=0.2, reduction="none"),
    "ce_smooth_ignored": ce(some_ignored, label_smoothing=0.2),
    "ce_smooth_weight": ce(with_weight, label_smoothing=0.2),
    "ce_smooth_weight_ignored": ce(ignored_weight, label_smoothing=0.2),
    "ce_smooth_weight_none": ce(ignored_weight, label_smoothing=0.2, reduction="none"),
    "nll_sum": nll(scores, reduction="sum"),
    "nll_none": nll(ignored_weight, reduction="none"),
    "nll_weight": nll(with_weight),
    "nll_ignored_weight": nll(ignored_weight),
    "nll_ignored_two": nll(scores, ignore_index=2, reduction="sum"),
    "bce_weight": fn(lambda: dict(probabilities(), w=positive(7).detach()), lambda x, y, w: F.binary_cross_entropy(x, y, w)),
    "logits_weight": fn(lambda: dict(logits(), w=positive(3, 7).detach()),
                        lambda x, y, w: F.binary_cross_entropy_with_logits(x, y, w)),
    "logits_pos_weight": fn(lambda: dict(logits(), w=positive(7).detach()), lambda x, y, w:
                            F.binary_cross_entropy_with_logits(x, y, pos_weight=w)),
    "logits_large": xy(F.binary_cross_entropy_with_logits, lambda: {
        "x": torch.tensor([1e4, -1e4, 1e4, -1e4, 0.0]).requires_grad_(), "y": torch.tensor([1.0, 1.0, 0.0, 0.0, 0.3])}),
    "kl_batchmean": fn(lambda: {"x": normal(3, 7), "y": uniform(3, 7, low=0.1).detach()},
                       lambda x, y: F.kl_div(x, y, reduction="batchmean")),
    "ctc_none": fn(lambda: {"x": normal(2, 6, 4), "label": torch.tensor([[1, 2, 2], [3, 0, 0]], dtype=torch.int32),
                            "n": torch.tensor([6, 4], dtype=torch.int32), "m": torch.tensor([3, 1], dtype=torch.int32)},
                   lambda x, label, n, m: F.ctc_loss(x.log_softmax(2).transpose(0, 1), label.long(), n.long(), m.long(),
                                                     reduction="none")),
}
REDUCED |= reductions("mse", F.mse_loss, lambda: {"x": normal(3, 7), "y": normal(3, 7)})
REDUCED |= reductions("l1", F.l1_loss, lambda: {"x": normal(3, 7), "y": normal(3, 7)})
REDUCED |= reductions("smooth_l1", F.smooth_l1_loss, lambda: {"x": normal(3, 7, scale=2.0), "y": normal(3, 7)})
REDUCED |= reductions("huber", F.huber_loss, lambda: {"x": normal(3, 7, scale=2.0), "y": normal(3, 7)})
REDUCED |= reductions("bce", F.binary_cross_entropy, probabilities)
REDUCED |= reductions("logits", F.binary_cross_entropy_with_logits, logits)
REDUCED |= reductions("kl", F.kl_div, lambda: {"x": normal(3, 7), "y": uniform(3, 7, low=0.1).detach()})
REDUCED |= reductions("hinge", F.hinge_embedding_loss, lambda: {"x": normal(3, 7), "y": signs(3, 7)})
REDUCED |= reductions("ranking", F.margin_ranking_loss, lambda: {"x": normal(9), "y": normal(9), "sign": signs(9)})
REDUCED |= reductions("triplet", F.triplet_margin_loss, lambda: {"x": normal(5, 6), "y": normal(5, 6), "z": normal(5, 6)})
REDUCED |= reductions("cosine", F.cosine_embedding_loss, lambda: {"x": normal(5, 6), "y": normal(5, 6), "sign": signs(5)})
REDUCED |= reductions("poisson", F.poisson_nll_loss, lambda: {"x": normal(3, 7), "y": positive(3, 7).detach()})
REDUCED |= reductions("gaussian", F.gaussian_nll_loss, lambda: {"x": normal(3, 7), "y": normal(3, 7), "var": positive(3, 7)})

TABLES = {"losses": LOSSES, "metrics": METRICS, "reduced_losses": REDUCED}
