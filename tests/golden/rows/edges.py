"""Where functions are hard: kinks, ties, NaN, infinities, cancellation, huge scores, empty and single-element reductions."""
import math

import torch
import torch.nn.functional as F

from making import *

INF, NAN = math.inf, math.nan


def at(*numbers):
    return torch.tensor(numbers).requires_grad_()


def one(call, *numbers):
    """A function at some points, each an element of x."""
    return fn(lambda: {"x": at(*numbers)}, call)


def two(call, x, y):
    return fn(lambda: {"x": at(*x), "y": at(*y)}, call)


def labels(*numbers):
    return torch.tensor(numbers, dtype=torch.int32)


KINKS = {
    # kinks and steps: the gradient at the very point
    "elu_zero": one(F.elu, -1.0, 0.0, -0.0, 2.0),
    "selu_zero": one(F.selu, -1.0, 0.0, 2.0),
    "celu_zero": one(lambda x: F.celu(x, 1.5), -1.0, 0.0, 2.0),
    "softplus_zero": one(F.softplus, -1.0, 0.0, 2.0),
    "softplus_beta": one(lambda x: F.softplus(x, 3.0), -1.0, 0.0, 2.0),
    "softsign_zero": one(F.softsign, -1.0, 0.0, 2.0),
    "logsigmoid_zero": one(F.logsigmoid, -1.0, 0.0, 2.0),
    "hardswish_edges": one(F.hardswish, -4.0, -3.0, 0.0, 3.0, 4.0),
    "hardsigmoid_edges": one(F.hardsigmoid, -4.0, -3.0, 0.0, 3.0, 4.0),
    "hardtanh_edges": one(F.hardtanh, -2.0, -1.0, 0.0, 1.0, 2.0),
    "clamp_edges": one(lambda x: x.clamp(-1.0, 1.0), -2.0, -1.0, 0.0, 1.0, 2.0, NAN, INF),
    "sqrt_zero": one(torch.sqrt, 0.0, 4.0),
    "abs_zero": one(torch.abs, -2.0, 0.0, 3.0),
    "sign_nan": one(torch.sign, -2.0, 0.0, 3.0, NAN, INF),
    "norm_zero": fn(lambda: {"x": torch.tensor([[0.0, 0.0], [3.0, 4.0]]).requires_grad_()},
                    lambda x: torch.linalg.vector_norm(x, dim=1)),
    "norm_one": fn(lambda: {"x": torch.tensor([[0.0, 0.0], [3.0, -4.0]]).requires_grad_()},
                   lambda x: torch.linalg.vector_norm(x, 1, dim=1)),
    "norm_three": fn(lambda: {"x": torch.tensor([[0.0, 0.0], [0.0, -4.0], [1.0, 2.0]]).requires_grad_()},
                     lambda x: torch.linalg.vector_norm(x, 3, dim=1)),
    "norm_half": fn(lambda: {"x": torch.tensor([[0.0, 0.0], [0.0, -4.0], [1.0, 2.0]]).requires_grad_()},
                    lambda x: torch.linalg.vector_norm(x, 0.5, dim=1)),
    "norm_most": fn(lambda: {"x": torch.tensor([[0.0, 0.0], [1.0, -4.0], [2.0, 2.0]]).requires_grad_()},
                    lambda x: torch.linalg.vector_norm(x, INF, dim=1)),
    "norm_all": fn(lambda: {"x": normal(2, 3)}, torch.linalg.vector_norm),
    "std_zero": fn(lambda: {"x": torch.tensor([[2.0, 2.0], [3.0, 5.0]]).requires_grad_()}, lambda x: x.std(1)),
    "pow_zero": two(torch.pow, [0.0, 0.0, -1.5, 2.0, 0.0], [0.0, 2.0, 2.0, 0.0, 1.0]),
    "power_half": one(lambda x: x ** 0.5, 4.0, 2.0),
    "power_minus": one(lambda x: x ** -2, 4.0, -2.0),
    "min_tie": two(torch.minimum, [1.0, 2.0, 3.0, NAN, 1.0], [1.0, 3.0, 2.0, 1.0, NAN]),
    "max_nan": two(torch.maximum, [1.0, NAN, 3.0], [NAN, 3.0, 2.0]),
    "rem_signs": two(torch.remainder, [5.5, -5.5, 5.5, -5.5, 4.0], [2.0, 2.0, -2.0, -2.0, 2.0]),
    "rem_many": two(torch.remainder, [1e6, -1e6, 12345.678], [0.3, 0.7, 0.01]),
    "floor_signs": one(torch.floor, -1.5, -0.0, 0.5, 2.0, 1e9),
    "where_tie": two(lambda x, y: torch.where(x >= y, x, y * 2), [1.0, 2.0], [1.0, 3.0]),
    "lerp_ends": fn(lambda: {"x": at(1.0, 5.0, -2.0), "y": at(3.0, 5.0, 4.0), "w": at(0.0, 0.4, 1.0)}, torch.lerp),
    "amin_tie": fn(lambda: {"x": torch.tensor([[1.0, 5.0, 1.0], [2.0, 2.0, 2.0]]).requires_grad_()}, lambda x: x.amin(-1)),
    "amax_nan": fn(lambda: {"x": torch.tensor([[1.0, NAN, 5.0], [2.0, 2.0, INF]])}, lambda x: x.amax(-1)),
    "amin_nan": fn(lambda: {"x": torch.tensor([[1.0, NAN, 5.0], [2.0, 2.0, -INF]])}, lambda x: x.amin(-1)),
    "argmax_nan": fn(lambda: {"x": torch.tensor([[1.0, NAN, 5.0, NAN], [2.0, 7.0, 7.0, 1.0]])}, lambda x: x.argmax(-1)),
    "argmin_nan": fn(lambda: {"x": torch.tensor([[1.0, 0.0, 5.0, NAN], [2.0, 1.0, 7.0, 1.0]])}, lambda x: x.argmin(-1)),
    "sum_nan": fn(lambda: {"x": torch.tensor([[1.0, NAN], [INF, 1.0], [INF, -INF]])}, lambda x: x.sum(-1)),
    "round_ties": one(torch.round, -2.5, -0.5, 0.5, 1.5, 2.5, 1e8),

    # cancellation near 0 and beside a large mean
    "log1p_tiny": one(torch.log1p, 1e-7, -3e-6, 1e-4, 2e-8),
    "expm1_tiny": one(torch.expm1, 1e-7, -3e-6, 1e-4, 2e-8),
    "log1p_tiniest": one(torch.log1p, 1e-20, -3e-12, 2e-8),
    "expm1_tiniest": one(torch.expm1, 1e-20, -3e-12, 2e-8),
    "tanh_tiny": one(torch.tanh, 1e-6, -3e-7, 1e-9),
    "erf_tiny": one(torch.erf, 1e-6, -3e-7, 1e-9),
    "sin_tiny": one(torch.sin, 1e-6, -3e-7, 1e-9),
    "elu_tiny": one(F.elu, -1e-6, -3e-7, 1e-9),
    "softplus_tiny": one(F.softplus, -20.0, -30.0, -25.0),
    "sigmoid_far": one(torch.sigmoid, -80.0, -30.0, 1e4, -1e4),
    "gelu_far": one(F.gelu, -1e4, -6.0, 6.0, 1e4),
    "gelu_tanh_far": one(lambda x: F.gelu(x, approximate="tanh"), -1e4, -6.0, 6.0, 1e4),
    "silu_far": one(F.silu, -1e4, -50.0, 50.0, 1e4),
    "mish_far": one(F.mish, -1e4, -50.0, 50.0, 1e4),
    "softplus_far": one(F.softplus, -1e4, -50.0, 50.0, 1e4),
    "logsigmoid_far": one(F.logsigmoid, -1e4, -50.0, 50.0, 1e4),
    "var_large_mean": fn(lambda: {"x": normal(3, 40, shift=1e4)}, lambda x: x.var(-1)),
    "std_large_mean": fn(lambda: {"x": normal(3, 40, shift=-1e4)}, lambda x: x.std(-1)),
    "softmax_far": fn(lambda: {"x": torch.tensor([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [1e4, 1e4, 0.0]]).requires_grad_()},
                      lambda x: F.softmax(x, -1)),
    "log_softmax_far": fn(lambda: {"x": torch.tensor([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [1e4, 1e4, 0.0]]).requires_grad_()},
                          lambda x: F.log_softmax(x, -1)),
    "softmax_masked": fn(lambda: {"x": torch.tensor([[1.0, -INF, 0.0], [2.0, 3.0, -INF]]).requires_grad_()},
                         lambda x: F.softmax(x, -1)),
    "softmax_nowhere": fn(lambda: {"x": torch.tensor([[-INF, -INF], [NAN, 1.0], [INF, 1.0]])}, lambda x: F.softmax(x, -1)),
    "logsumexp_far": fn(lambda: {"x": torch.tensor([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4]]).requires_grad_()},
                        lambda x: x.logsumexp(-1)),
    "logsumexp_masked": fn(lambda: {"x": torch.tensor([[-INF, -INF, -INF], [0.0, -INF, 1.0], [INF, 1.0, 0.0], [NAN, 1.0, 0.0]])},
                           lambda x: x.logsumexp(-1)),
    "logsumexp_masked_gradient": fn(lambda: {"x": torch.tensor([[0.0, -INF, 1.0], [-INF, 2.0, -INF]]).requires_grad_()},
                                    lambda x: x.logsumexp(-1)),
    "logsumexp_axes": fn(lambda: {"x": normal(2, 3, 4)}, lambda x: x.logsumexp((0, 2), keepdim=True)),

    # losses where they bend or overflow
    "smooth_l1_edges": two(lambda x, y: F.smooth_l1_loss(x, y, beta=0.5), [0.0, 0.5, -0.5, 2.0, 0.1], [0.0] * 5),
    "smooth_l1_none": two(lambda x, y: F.smooth_l1_loss(x, y, beta=0.0), [0.0, 0.5, -0.5, 2.0, 0.1], [0.0] * 5),
    "huber_edges": two(lambda x, y: F.huber_loss(x, y, delta=0.5), [0.0, 0.5, -0.5, 2.0, 0.1], [0.0] * 5),
    "l1_zero": two(F.l1_loss, [0.0, 0.5, -0.5], [0.0, 0.5, 0.5]),
    "cross_entropy_far": fn(lambda: {"x": torch.tensor([[1e4, -1e4, 0.0], [1e4, -1e4, 0.0], [0.0, 0.0, 1e4]]).requires_grad_(),
                                     "label": labels(0, 1, 2)}, lambda x, label: F.cross_entropy(x, label.long())),
    "cross_entropy_far_smooth": fn(lambda: {"x": torch.tensor([[1e4, -1e4, 0.0], [1e4, -1e4, 0.0]]).requires_grad_(),
                                            "label": labels(0, 1)},
                                   lambda x, label: F.cross_entropy(x, label.long(), label_smoothing=0.2)),
    "cross_entropy_masked": fn(lambda: {"x": torch.tensor([[1.0, -INF, 0.0], [1.0, 2.0, -INF]]).requires_grad_(),
                                        "label": labels(0, 1)}, lambda x, label: F.cross_entropy(x, label.long())),
    "cross_entropy_image": fn(lambda: {"x": normal(2, 3, 4, 5), "label": ints(2, 3, 4, below=5)},
                              lambda x, label: F.cross_entropy(x.permute(0, 3, 1, 2), label.long())),
    "nll_image": fn(lambda: {"x": normal(2, 3, 4, 5), "label": ints(2, 3, 4, below=5)},
                    lambda x, label: F.nll_loss(x.permute(0, 3, 1, 2).contiguous(), label.long())),
    "bce_ends": fn(lambda: {"x": at(0.0, 1.0, 0.0, 1.0, 0.3, 1e-30), "y": torch.tensor([0.0, 1.0, 1.0, 0.0, 0.5, 1.0])},
                   F.binary_cross_entropy),
    "bce_target": two(F.binary_cross_entropy, [0.2, 0.7, 0.5], [0.3, 1.0, 0.0]),
    "bce_with_logits_far": two(F.binary_cross_entropy_with_logits, [1e4, -1e4, 1e4, -1e4, 0.0], [1.0, 0.0, 0.0, 1.0, 0.5]),
    "kl_div_zero": fn(lambda: {"x": at(-1.0, -2.0, -0.5), "y": torch.tensor([0.0, 0.5, 1.0])}, F.kl_div),
    "kl_div_target": two(F.kl_div, [-1.0, -2.0, -0.5], [0.2, 0.5, 1.0]),
    "kl_div_log_target": two(lambda x, y: F.kl_div(x, y, log_target=True), [-1.0, -2.0, -0.5], [-0.2, -3.0, -1e4]),
    "hinge_embedding_edges": fn(lambda: {"x": at(1.0, 2.0, 0.0, 1.0), "y": torch.tensor([-1.0, -1.0, 1.0, 1.0])},
                                F.hinge_embedding_loss),
    "margin_ranking_tie": fn(lambda: {"x": at(1.0, 2.0, 0.0), "y": at(1.0, 1.0, 3.0), "sign": torch.tensor([1.0, -1.0, 1.0])},
                             F.margin_ranking_loss),
    "triplet_margin_swap": fn(lambda: {"x": normal(5, 6), "y": normal(5, 6), "z": normal(5, 6)},
                              lambda x, y, z: F.triplet_margin_loss(x, y, z, margin=2.0, p=3.0, swap=True)),
    "triplet_margin_far": fn(lambda: {"x": normal(5, 6), "y": normal(5, 6), "z": normal(5, 6, shift=50.0)},
                             F.triplet_margin_loss),
    "cosine_embedding_zero": fn(lambda: {"x": torch.tensor([[0.0, 0.0], [1.0, 0.0]]).requires_grad_(),
                                         "y": torch.tensor([[1.0, 2.0], [1.0, 0.0]]).requires_grad_(),
                                         "sign": torch.tensor([1.0, -1.0])}, F.cosine_embedding_loss),
    "poisson_nll_plain": two(lambda x, y: F.poisson_nll_loss(x, y, log_input=False), [0.0, 0.5, 3.0], [1.0, 0.0, 2.0]),
    "poisson_nll_full": fn(lambda: {"x": at(0.0, 0.5, 3.0), "y": torch.tensor([1.0, 0.0, 2.0])},
                           lambda x, y: F.poisson_nll_loss(x, y, full=True)),
    "gaussian_nll_clamped": fn(lambda: {"x": at(0.0, 0.5, 3.0), "y": at(1.0, 0.501, 2.0), "var": at(0.0, 1e-9, 2.0)},
                               lambda x, y, var: F.gaussian_nll_loss(x, y, var)),
    "gaussian_nll_full": fn(lambda: {"x": normal(3, 7), "y": normal(3, 7), "var": positive(3, 7)},
                            lambda x, y, var: F.gaussian_nll_loss(x, y, var, full=True)),

    # nothing, or one thing, to reduce
    "sum_single": fn(lambda: {"x": normal(3, 1)}, lambda x: x.sum(1)),
    "mean_single": fn(lambda: {"x": normal(3, 1)}, lambda x: x.mean(1)),
    "var_single": fn(lambda: {"x": torch.randn(3, 1)}, lambda x: x.var(1)),
    "var_single_population": fn(lambda: {"x": normal(3, 1)}, lambda x: x.var(1, correction=0)),
    "logsumexp_single": fn(lambda: {"x": normal(3, 1)}, lambda x: x.logsumexp(1)),
    "softmax_single": fn(lambda: {"x": normal(3, 1)}, lambda x: F.softmax(x, 1)),
    "cross_entropy_single": fn(lambda: {"x": normal(1, 1), "label": labels(0)}, lambda x, label: F.cross_entropy(x, label.long())),
    "sum_empty": fn(lambda: {"x": torch.zeros(3, 0)}, lambda x: x.sum(1)),
    "prod_empty": fn(lambda: {"x": torch.zeros(3, 0)}, lambda x: x.prod(1)),
    "mean_empty": fn(lambda: {"x": torch.zeros(3, 0)}, lambda x: x.mean(1)),
    "var_empty": fn(lambda: {"x": torch.zeros(3, 0)}, lambda x: x.var(1)),
    "logsumexp_empty": fn(lambda: {"x": torch.zeros(3, 0)}, lambda x: x.logsumexp(1)),
    "norm_empty": fn(lambda: {"x": torch.zeros(3, 0)}, lambda x: torch.linalg.vector_norm(x, dim=1)),
    "mse_empty": fn(lambda: {"x": torch.zeros(0), "y": torch.zeros(0)}, F.mse_loss),
    "softmax_empty": fn(lambda: {"x": torch.zeros(3, 0)}, lambda x: F.softmax(x, 1)),
}

TABLES = {"edges": KINKS}
