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

TABLES = {"losses": LOSSES, "metrics": METRICS}
