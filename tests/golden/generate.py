#!/usr/bin/env python3
"""Writes the golden numbers of the parity tests with PyTorch (see ../README.md).

  python3 generate.py            writes every file that differs
  python3 generate.py losses mlp writes only these

A table `cases/T.cases` (the DLM side, one case a line) goes with `cases/T.safetensors` (written from TABLES below, same case
names); a model file `cases/M.dlm` goes with `cases/M.safetensors` (written from MODELS). Keys:

  [CASE/]param.PATH       parameters before the call            [CASE/]input.NAME  arguments of the functions
  [CASE/]buffer.PATH      buffers before the call
  [CASE/]MODE.out.FN.RESULT, MODE.grad.FN.PATH, MODE.buffer.FN.PATH   what must come out; MODE is eval or train
  steps.K.PATH            parameters after the K-th training run, described in the file's metadata

A key that ends in @S holds every S-th element only. Parameters that are missing are filled by `hashed` below.
"""
import json
import math
import os
import sys
import zlib

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cases")
torch.set_num_threads(1)
torch.use_deterministic_algorithms(True)


# ---------------------------------------------------------------- making numbers

def normal(*shape, scale=1.0, shift=0.0):
    """A tensor to be learned: its gradient is part of the golden."""
    return (torch.randn(*shape) * scale + shift).requires_grad_()


def positive(*shape):
    return (torch.rand(*shape) * 2 + 0.25).requires_grad_()


def uniform(*shape, low=0.0, high=1.0):
    return (torch.rand(*shape) * (high - low) + low).requires_grad_()


def distinct(*shape):
    """No two elements alike or close, so that a maximum has one place and a kink is not hit."""
    n = math.prod(shape)
    return ((torch.randperm(n).float() - n / 2 + 0.3) * (4.0 / n)).reshape(shape).requires_grad_()


def ints(*shape, below):
    return torch.randint(0, below, shape, dtype=torch.int32)


def signs(*shape):
    return (torch.randint(0, 2, shape) * 2 - 1).float()


def hashed(salt, shape, bound):
    """The same numbers in Java (Hashed.java): large weights need not be stored."""
    i = np.arange(math.prod(shape), dtype=np.uint64)
    x = (i * np.uint64(2654435761) + np.uint64(salt) * np.uint64(40503)) & np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(15)
    x = (x * np.uint64(2246822519)) & np.uint64(0xFFFFFFFF)
    x ^= x >> np.uint64(13)
    value = (x.astype(np.float64) / 4294967296.0 * 2.0 - 1.0) * bound
    return torch.from_numpy(value.astype(np.float32).reshape(shape))


# ---------------------------------------------------------------- what a case of a table records

def fn(make, call):
    """`make()` gives the arguments by name: those with gradient become parameters, the others inputs."""
    def record(put):
        arguments = make()
        out = call(*arguments.values())
        for name, value in arguments.items():
            put(("param." if value.requires_grad else "input.") + name, value)
        record_call(put, "eval", out, {k: v for k, v in arguments.items() if v.requires_grad}, retain=False)
    return record


def layer(make_module, make_x, modes=("eval", "train"), prefix="net"):
    """The module's parameters and buffers lie under `net`; x is a parameter unless it is of integers."""
    def record(put):
        module = make_module()
        randomize(module)
        x = make_x()
        put("param.x" if x.requires_grad else "input.x", x)
        learned = {prefix + "." + k: v for k, v in module.named_parameters()}
        for path, value in learned.items():
            put("param." + path, value)
        before = {k: v.clone() for k, v in module.named_buffers() if v.dtype == torch.float32}
        for path, value in before.items():
            put("buffer." + prefix + "." + path, value)
        for mode in modes:
            module.train(mode == "train")
            module.load_state_dict(before, strict=False)
            wanted = dict(learned, **({"x": x} if x.requires_grad else {}))
            record_call(put, mode, module(x), wanted)
            if mode == "train":
                for path, value in module.named_buffers():
                    if value.dtype == torch.float32:
                        put("train.buffer.forward." + prefix + "." + path, value)
    return record


def randomize(module):
    with torch.no_grad():
        for value in module.parameters():
            value.copy_(torch.randn_like(value) * 0.4 + 0.1)
        for name, value in module.named_buffers():
            if value.dtype == torch.float32:
                value.copy_(torch.rand_like(value) + 0.5 if "var" in name else torch.randn_like(value) * 0.3)


def record_call(put, mode, out, learned, retain=True):
    outs = out if isinstance(out, tuple) else (out,)
    if any(not o.is_floating_point() for o in outs):
        put(mode + ".out.forward.out", outs[0].to(torch.int32))
        return
    assert len(outs) == 1
    put(mode + ".out.forward.out", outs[0])
    if not outs[0].requires_grad:
        return
    generator = torch.Generator().manual_seed(7)
    cotangent = torch.randn(outs[0].shape, generator=generator)
    put("input.cotangent", cotangent)
    gradients = torch.autograd.grad((outs[0] * cotangent).sum(), list(learned.values()), allow_unused=True)
    for (path, value), gradient in zip(learned.items(), gradients):
        put(mode + ".grad.loss." + path, torch.zeros_like(value) if gradient is None else gradient)


# ---------------------------------------------------------------- the tables

def x37(call, make=lambda: {"x": normal(3, 7, scale=2.0)}):
    return fn(make, call)


def xy(call, make=lambda: {"x": normal(3, 7), "y": normal(3, 7)}):
    return fn(make, call)


ACTIVATIONS = {
    "relu": x37(F.relu),
    "leaky_relu": x37(F.leaky_relu),
    "leaky_relu_slope": x37(lambda x: F.leaky_relu(x, 0.2)),
    "sigmoid": x37(torch.sigmoid),
    "tanh": x37(torch.tanh),
    "softmax": x37(lambda x: F.softmax(x, -1)),
    "softmax_axis": fn(lambda: {"x": normal(2, 5, 3)}, lambda x: F.softmax(x, 1)),
    "softmax_large": fn(lambda: {"x": normal(3, 7, scale=2.0, shift=150.0)}, lambda x: F.softmax(x, -1)),
    "log_softmax": x37(lambda x: F.log_softmax(x, -1)),
    "gelu": x37(F.gelu),
    "gelu_tanh": x37(lambda x: F.gelu(x, approximate="tanh")),
    "silu": x37(F.silu),
    "mish": x37(F.mish),
    "elu": x37(F.elu),
    "elu_alpha": x37(lambda x: F.elu(x, 0.5)),
    "selu": x37(F.selu),
    "celu": x37(F.celu),
    "softplus": x37(F.softplus),
    "softplus_large": x37(F.softplus, lambda: {"x": normal(3, 7, scale=40.0)}),
    "softsign": x37(F.softsign),
    "relu6": x37(F.relu6, lambda: {"x": normal(3, 7, scale=5.0)}),
    "hardsigmoid": x37(F.hardsigmoid, lambda: {"x": normal(3, 7, scale=3.0)}),
    "hardswish": x37(F.hardswish, lambda: {"x": normal(3, 7, scale=3.0)}),
    "hardtanh": x37(F.hardtanh),
    "leaky_relu_zero": fn(lambda: {"x": torch.tensor([-1.0, 0.0, -0.0, 2.0]).requires_grad_()}, F.leaky_relu),
    "relu_zero": fn(lambda: {"x": torch.tensor([-1.0, 0.0, -0.0, 2.0]).requires_grad_()}, F.relu),
    "relu_nan": fn(lambda: {"x": torch.tensor([math.nan, 1.0, -1.0, math.inf, -math.inf]).requires_grad_()}, F.relu),
    "relu6_edges": fn(lambda: {"x": torch.tensor([-1.0, 0.0, 6.0, 7.0]).requires_grad_()}, F.relu6),
    "glu": fn(lambda: {"x": normal(3, 8)}, lambda x: F.glu(x, -1)),
    "logsigmoid": x37(F.logsigmoid),
}

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

POINTWISE = {
    "exp": x37(torch.exp),
    "log": x37(torch.log, lambda: {"x": positive(3, 7)}),
    "sqrt": x37(torch.sqrt, lambda: {"x": positive(3, 7)}),
    "rsqrt": x37(torch.rsqrt, lambda: {"x": positive(3, 7)}),
    "abs": x37(torch.abs),
    "sign": x37(torch.sign),
    "floor": x37(torch.floor),
    "round": x37(torch.round, lambda: {"x": torch.tensor(
        [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5, 3.5, 0.49, -0.51, 7.2]).requires_grad_()}),
    "sin": x37(torch.sin, lambda: {"x": normal(3, 7, scale=9.0)}),
    "cos": x37(torch.cos, lambda: {"x": normal(3, 7, scale=9.0)}),
    "erf": x37(torch.erf),
    "pow": xy(torch.pow, lambda: {"x": positive(3, 7), "y": normal(3, 7)}),
    "power_operator": x37(lambda x: x ** 3),
    "max": xy(torch.maximum),
    "min": xy(torch.minimum),
    "max_tie": xy(torch.maximum, lambda: {"x": torch.tensor([1.0, 2.0, 3.0]).requires_grad_(),
                                          "y": torch.tensor([1.0, 3.0, 2.0]).requires_grad_()}),
    "clamp": x37(lambda x: torch.clamp(x, -0.7, 1.1)),
    "lerp": fn(lambda: {"x": normal(3, 7), "y": normal(3, 7)}, lambda x, y: torch.lerp(x, y, 0.3)),
    "select": xy(lambda x, y: torch.where(x > y, x * 2, y)),
    "square": x37(torch.square),
    "reciprocal": x37(torch.reciprocal, lambda: {"x": positive(3, 7)}),
    "log1p": x37(torch.log1p, lambda: {"x": positive(3, 7)}),
    "expm1": x37(torch.expm1),
    "add": xy(torch.add),
    "sub": xy(torch.sub),
    "mul": xy(torch.mul),
    "div": xy(torch.div, lambda: {"x": normal(3, 7), "y": positive(3, 7)}),
    "rem": xy(torch.remainder, lambda: {"x": normal(3, 7, scale=5.0), "y": positive(3, 7)}),
    "neg": x37(torch.neg),
    "add_row": xy(torch.add, lambda: {"x": normal(3, 7), "y": normal(7)}),
    "mul_column": xy(torch.mul, lambda: {"x": normal(3, 7), "y": normal(3, 1)}),
    "div_by_kept": x37(lambda x: x / x.sum(-1, keepdim=True), lambda: {"x": positive(3, 7)}),
    "scalar_mix": x37(lambda x: (2 - x) * 3 / 4 + 1),
}

SHAPES = {
    "reshape": fn(lambda: {"x": normal(4, 6)}, lambda x: x.reshape(2, 12)),
    "flatten": fn(lambda: {"x": normal(2, 3, 4)}, lambda x: x.flatten(1)),
    "permute": fn(lambda: {"x": normal(2, 3, 4)}, lambda x: x.permute(2, 0, 1)),
    "transpose": fn(lambda: {"x": normal(3, 5)}, lambda x: x.t()),
    "concat": fn(lambda: {"x": normal(3, 2), "y": normal(3, 5)}, lambda x, y: torch.cat([x, y], 1)),
    "concat_first": fn(lambda: {"x": normal(2, 3), "y": normal(1, 3)}, lambda x, y: torch.cat([x, y, x], 0)),
    "stack": fn(lambda: {"x": normal(3, 2), "y": normal(3, 2)}, lambda x, y: torch.stack([x, y], 0)),
    "split": fn(lambda: {"x": normal(3, 8)}, lambda x: (lambda a, b: a * 2 + b)(*x.split(4, 1))),
    "slice": fn(lambda: {"x": normal(5, 6)}, lambda x: x[1:4, 2:]),
    "slice_index": fn(lambda: {"x": normal(5, 6)}, lambda x: x[:, 3]),
    "pad": fn(lambda: {"x": normal(2, 3)}, lambda x: F.pad(x, (1, 2))),
    "flip": fn(lambda: {"x": normal(3, 4)}, lambda x: x.flip(1)),
    "broadcast": fn(lambda: {"x": normal(3, 1)}, lambda x: x.expand(3, 5) * 1.0),
    "rearrange": fn(lambda: {"x": normal(2, 3, 8)}, lambda x: x.reshape(2, 3, 4, 2).permute(0, 2, 1, 3) * 1.0),
    "repeat": fn(lambda: {"x": normal(2, 3)}, lambda x: x.repeat(2, 1)),
    "squeeze": fn(lambda: {"x": normal(3, 1, 4)}, lambda x: x.squeeze(1)),
    "unsqueeze": fn(lambda: {"x": normal(3, 4)}, lambda x: x.unsqueeze(1)),
}

x234 = lambda: {"x": normal(2, 3, 4)}
d234 = lambda: {"x": distinct(2, 3, 4)}
REDUCTIONS = {
    "sum": fn(x234, lambda x: x.sum()),
    "sum_axis": fn(x234, lambda x: x.sum(1)),
    "sum_axes_keep": fn(x234, lambda x: x.sum((0, 2), keepdim=True)),
    "sum_last": fn(lambda: {"x": normal(5, 33)}, lambda x: x.sum(-1)),
    "mean": fn(x234, lambda x: x.mean()),
    "mean_axes": fn(x234, lambda x: x.mean((0, 2))),
    "amax": fn(d234, lambda x: x.amax(-1)),
    "amax_axes": fn(d234, lambda x: x.amax((0, 2), keepdim=True)),
    "amax_tie": fn(lambda: {"x": torch.tensor([[1.0, 5.0, 5.0], [2.0, 2.0, 2.0]]).requires_grad_()},
                   lambda x: x.amax(-1)),
    "amin": fn(d234, lambda x: x.amin(0)),
    "prod": fn(x234, lambda x: x.prod(1)),
    "prod_zero": fn(lambda: {"x": torch.tensor([[2.0, 0.0, 3.0], [0.0, 0.0, 4.0], [1.0, 2.0, 3.0]]).requires_grad_()},
                    lambda x: x.prod(1)),
    "var": fn(x234, lambda x: x.var(-1)),
    "std": fn(x234, lambda x: x.std(-1)),
    "moments": fn(x234, lambda x: (lambda v, m: m * 2 + v)(*torch.var_mean(x, (0, 2), correction=0))),
    "norm": fn(x234, lambda x: torch.linalg.vector_norm(x, dim=-1)),
    "logsumexp": fn(lambda: {"x": normal(3, 7, scale=3.0)}, lambda x: x.logsumexp(-1)),
    "argmax": fn(lambda: {"x": distinct(4, 9)}, lambda x: x.argmax(-1)),
    "argmin": fn(lambda: {"x": distinct(4, 9)}, lambda x: x.argmin(0)),
    "cumsum": fn(lambda: {"x": normal(3, 6)}, lambda x: x.cumsum(1)),
}

CONTRACTIONS = {
    "matmul": fn(lambda: {"x": normal(5, 7), "y": normal(7, 3)}, lambda x, y: x @ y),
    "matmul_batched": fn(lambda: {"x": normal(2, 5, 7), "y": normal(2, 7, 3)}, lambda x, y: x @ y),
    "matmul_wide": fn(lambda: {"x": normal(9, 33), "y": normal(33, 40)}, lambda x, y: x @ y),
    "einsum_linear": fn(lambda: {"x": normal(2, 3, 5), "y": normal(4, 5)},
                        lambda x, y: torch.einsum("bti,oi->bto", x, y)),
    "einsum_attention": fn(lambda: {"x": normal(2, 2, 3, 4), "y": normal(2, 2, 5, 4)},
                           lambda x, y: torch.einsum("nhic,nhjc->nhij", x, y)),
    "einsum_outer": fn(lambda: {"x": normal(4), "y": normal(6)}, lambda x, y: torch.einsum("i,j->ij", x, y)),
    "einsum_trace": fn(lambda: {"x": normal(4, 6), "y": normal(6, 4)}, lambda x, y: torch.einsum("ij,ji->", x, y)),
    "conv1d": fn(lambda: {"x": normal(2, 3, 9), "w": normal(4, 3, 3)},
                 lambda x, w: F.conv1d(x, w, stride=2, padding=1)),
    "conv2d": fn(lambda: {"x": normal(2, 3, 6, 7), "w": normal(4, 3, 3, 3)}, lambda x, w: F.conv2d(x, w)),
    "conv2d_stride": fn(lambda: {"x": normal(2, 3, 7, 8), "w": normal(4, 3, 3, 3)},
                        lambda x, w: F.conv2d(x, w, stride=2, padding=1)),
    "conv2d_dilation": fn(lambda: {"x": normal(2, 2, 9, 9), "w": normal(3, 2, 3, 3)},
                          lambda x, w: F.conv2d(x, w, padding=2, dilation=2)),
    "conv2d_groups": fn(lambda: {"x": normal(2, 4, 5, 5), "w": normal(6, 2, 3, 3)},
                        lambda x, w: F.conv2d(x, w, padding=1, groups=2)),
    "conv2d_depthwise": fn(lambda: {"x": normal(2, 4, 5, 5), "w": normal(4, 1, 3, 3)},
                           lambda x, w: F.conv2d(x, w, padding=1, groups=4)),
    "conv2d_uneven": fn(lambda: {"x": normal(1, 2, 8, 5), "w": normal(3, 2, 3, 1)},
                        lambda x, w: F.conv2d(x, w, stride=(2, 1), padding=(1, 0))),
    "conv2d_wide": fn(lambda: {"x": normal(1, 2, 5, 37), "w": normal(5, 2, 3, 5)},
                      lambda x, w: F.conv2d(x, w, padding=(1, 2))),
    "conv3d": fn(lambda: {"x": normal(1, 2, 4, 5, 4), "w": normal(3, 2, 2, 3, 2)},
                 lambda x, w: F.conv3d(x, w, padding=1)),
    "conv_transpose1d": fn(lambda: {"x": normal(2, 3, 5), "w": normal(3, 4, 3)},
                           lambda x, w: F.conv_transpose1d(x, w, stride=2, padding=1)),
    "conv_transpose2d": fn(lambda: {"x": normal(2, 3, 4, 5), "w": normal(3, 2, 4, 4)},
                           lambda x, w: F.conv_transpose2d(x, w, stride=2, padding=1)),
    "conv_transpose2d_groups": fn(lambda: {"x": normal(1, 4, 3, 3), "w": normal(4, 2, 3, 3)}, lambda x, w:
                                  F.conv_transpose2d(x, w, stride=2, padding=1, output_padding=1, groups=2, dilation=2)),
    "conv_transpose3d": fn(lambda: {"x": normal(1, 2, 3, 2, 3), "w": normal(2, 3, 2, 2, 2)},
                           lambda x, w: F.conv_transpose3d(x, w, stride=2)),
}

LOOKUPS = {
    "take": fn(lambda: {"x": normal(6, 4), "ids": ints(2, 3, below=6)}, lambda x, ids: x[ids.long()]),
    "pick": fn(lambda: {"x": normal(5, 4), "ids": ints(5, below=4)},
               lambda x, ids: x.gather(1, ids.long()[:, None])[:, 0]),
    "scatter_add": fn(lambda: {"x": normal(5, 3), "ids": ints(5, below=4)},
                      lambda x, ids: torch.zeros(4, 3).index_add(0, ids.long(), x)),
    "one_hot": fn(lambda: {"ids": ints(5, below=4)}, lambda ids: F.one_hot(ids.long(), 4).float()),
}

logits_and_labels = lambda: {"x": normal(12, 7), "label": ints(12, below=7)}
METRICS = {
    "accuracy": fn(logits_and_labels, lambda x, label: (x.argmax(-1) == label).float().mean()),
    "top_k_accuracy": fn(logits_and_labels, lambda x, label:
                         (x.topk(3, -1).indices == label[:, None]).any(-1).float().mean()),
    "perplexity": fn(logits_and_labels, lambda x, label: F.cross_entropy(x, label.long()).exp()),
    "mae": xy(F.l1_loss),
    "rmse": xy(lambda x, y: F.mse_loss(x, y).sqrt()),
    "confusion": fn(logits_and_labels, lambda x, label:
                    torch.zeros(7, 7).index_put((label.long(), x.argmax(-1)), torch.ones(()), accumulate=True)),
}

POOLS = {
    "max_pool2d": layer(lambda: nn.MaxPool2d(2), lambda: distinct(2, 3, 6, 6)),
    "max_pool2d_overlap": layer(lambda: nn.MaxPool2d(3, 2, 1), lambda: distinct(2, 2, 7, 8)),
    "max_pool1d": layer(lambda: nn.MaxPool1d(2), lambda: distinct(2, 3, 8)),
    "avg_pool2d": layer(lambda: nn.AvgPool2d(2), lambda: normal(2, 3, 6, 6)),
    "avg_pool2d_overlap": layer(lambda: nn.AvgPool2d(3, 2, 1), lambda: normal(2, 2, 7, 8)),
    "avg_pool1d": layer(lambda: nn.AvgPool1d(2), lambda: normal(2, 3, 8)),
    "min_pool2d": fn(lambda: {"x": distinct(2, 3, 6, 6)}, lambda x: -F.max_pool2d(-x, 2)),
    "adaptive_avg_pool2d": layer(lambda: nn.AdaptiveAvgPool2d(2), lambda: normal(2, 3, 6, 6)),
    "global_avg_pool2d": fn(lambda: {"x": normal(2, 3, 4, 5)}, lambda x: x.mean((2, 3))),
    "global_max_pool2d": fn(lambda: {"x": distinct(2, 3, 4, 5)}, lambda x: x.amax((2, 3))),
    "upsample_nearest": layer(lambda: nn.Upsample(scale_factor=2, mode="nearest"), lambda: normal(1, 2, 3, 4)),
    "upsample_bilinear": layer(lambda: nn.Upsample(scale_factor=2, mode="bilinear"), lambda: normal(1, 2, 3, 4)),
}

LAYERS = {
    "linear": layer(lambda: nn.Linear(7, 5), lambda: normal(3, 7)),
    "linear_no_bias": layer(lambda: nn.Linear(7, 5, bias=False), lambda: normal(3, 7)),
    "linear_3d": layer(lambda: nn.Linear(7, 5), lambda: normal(2, 3, 7)),
    "linear_wide": layer(lambda: nn.Linear(33, 40), lambda: normal(9, 33)),
    "identity": layer(nn.Identity, lambda: normal(3, 7)),
    "flatten_layer": layer(nn.Flatten, lambda: normal(2, 3, 4)),
    "conv1d_layer": layer(lambda: nn.Conv1d(3, 4, 3, padding=1), lambda: normal(2, 3, 9)),
    "conv2d_layer": layer(lambda: nn.Conv2d(3, 4, 3, padding=1), lambda: normal(2, 3, 6, 6)),
    "conv2d_layer_stride": layer(lambda: nn.Conv2d(4, 6, 3, 2, 1, groups=2), lambda: normal(2, 4, 7, 7)),
    "conv2d_no_bias": layer(lambda: nn.Conv2d(3, 4, 3, bias=False), lambda: normal(2, 3, 6, 6)),
    "conv3d_layer": layer(lambda: nn.Conv3d(2, 3, 2), lambda: normal(1, 2, 4, 4, 4)),
    "conv_transpose2d_layer": layer(lambda: nn.ConvTranspose2d(3, 2, 4, 2, 1), lambda: normal(1, 3, 4, 4)),
    "batch_norm1d": layer(lambda: nn.BatchNorm1d(5), lambda: normal(6, 5, scale=2.0, shift=1.0)),
    "batch_norm2d": layer(lambda: nn.BatchNorm2d(3), lambda: normal(4, 3, 5, 5, scale=2.0, shift=1.0)),
    "batch_norm2d_momentum": layer(lambda: nn.BatchNorm2d(3, momentum=0.3, eps=1e-3), lambda: normal(2, 3, 3, 3)),
    "layer_norm": layer(lambda: nn.LayerNorm(9), lambda: normal(2, 3, 9, scale=2.0, shift=1.0)),
    "group_norm": layer(lambda: nn.GroupNorm(2, 6), lambda: normal(2, 6, 3, 3)),
    "instance_norm2d": layer(lambda: nn.InstanceNorm2d(3), lambda: normal(2, 3, 4, 4)),
    "rms_norm": layer(lambda: nn.RMSNorm(9, eps=1e-6), lambda: normal(2, 3, 9)),
    "dropout_zero": layer(lambda: nn.Dropout(0.0), lambda: normal(3, 7)),
    "dropout_eval": layer(lambda: nn.Dropout(0.5), lambda: normal(3, 7), modes=("eval",)),
    "embedding": layer(lambda: nn.Embedding(6, 4), lambda: ints(2, 3, below=6)),
    "prelu": layer(lambda: nn.PReLU(), lambda: normal(3, 7)),
    "sequential": layer(lambda: nn.Sequential(nn.Linear(7, 6), nn.Tanh(), nn.Linear(6, 2)), lambda: normal(3, 7)),
}

TABLES = {
    "activations": ACTIVATIONS, "losses": LOSSES, "pointwise": POINTWISE, "shapes": SHAPES, "reductions": REDUCTIONS,
    "contractions": CONTRACTIONS, "lookups": LOOKUPS, "metrics": METRICS, "pools": POOLS, "layers": LAYERS,
}


# ---------------------------------------------------------------- the models

def mlp(widths):
    layers = []
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        layers += [nn.ReLU()] * (i > 0) + [nn.Linear(a, b)]
    return nn.Sequential(*layers)


def lenet(c1, c2, features, h1, h2, classes):
    return nn.Sequential(
        nn.Conv2d(1, c1, 5, padding=2), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(c1, c2, 5), nn.Tanh(), nn.AvgPool2d(2),
        nn.Flatten(), nn.Linear(features, h1), nn.Tanh(), nn.Linear(h1, h2), nn.Tanh(), nn.Linear(h2, classes))


def conv_net():
    return nn.Sequential(
        nn.Conv2d(2, 6, 3, padding=1, bias=False), nn.BatchNorm2d(6), nn.ReLU(), nn.MaxPool2d(2), nn.Dropout(0.0),
        nn.Conv2d(6, 5, 3, bias=False), nn.BatchNorm2d(5), nn.ReLU(), nn.Flatten(), nn.Linear(20, 4))


RUNS = [
    ("SGD(lr=0.05)", lambda p: torch.optim.SGD(p, lr=0.05)),
    ("SGD(lr=0.02, momentum=0.9)", lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9)),
    ("SGD(lr=0.02, momentum=0.9, nesterov=1)", lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.9, nesterov=True)),
    ("SGD(lr=0.02, momentum=0.8, dampening=0.3)", lambda p: torch.optim.SGD(p, lr=0.02, momentum=0.8, dampening=0.3)),
    ("SGD(lr=0.05, weight_decay=0.01)", lambda p: torch.optim.SGD(p, lr=0.05, weight_decay=0.01)),
    ("Adam(lr=0.01)", lambda p: torch.optim.Adam(p, lr=0.01)),
    ("Adam(lr=0.003, beta1=0.8, beta2=0.99, eps=1e-6)",
     lambda p: torch.optim.Adam(p, lr=0.003, betas=(0.8, 0.99), eps=1e-6)),
    ("Adam(lr=0.01, weight_decay=0.1)", lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=0.1)),
    ("AdamW(lr=0.01, weight_decay=0.1)", lambda p: torch.optim.AdamW(p, lr=0.01, weight_decay=0.1)),
    ("Adagrad(lr=0.02, lr_decay=0.1)", lambda p: torch.optim.Adagrad(p, lr=0.02, lr_decay=0.1)),
    ("Adadelta(lr=0.5, weight_decay=0.01)", lambda p: torch.optim.Adadelta(p, lr=0.5, weight_decay=0.01)),
    ("RMSprop(lr=0.003)", lambda p: torch.optim.RMSprop(p, lr=0.003)),
    ("RMSprop(lr=0.003, momentum=0.8, centered=1)",
     lambda p: torch.optim.RMSprop(p, lr=0.003, momentum=0.8, centered=True)),
]
# A weight before a batch norm has gradients near zero, which Adam's usual epsilon blows up to steps of random sign.
STABLE_ADAM = ("Adam(lr=0.01, eps=1e-3)", lambda p: torch.optim.Adam(p, lr=0.01, eps=1e-3))
STEPS = 25


class Model:
    """A net under `net`, its functions `forward(x)` and `loss(x, label)`, and training runs on one batch."""

    def __init__(self, make, shape, classes, runs, every=1, hash_weights=False):
        self.make, self.shape, self.classes = make, shape, classes
        self.runs, self.every, self.hash_weights = runs, every, hash_weights

    def record(self, put, metadata):
        net = self.make()
        x = hashed(99, self.shape, 1.5) if self.hash_weights else torch.randn(self.shape)
        label = ints(self.shape[0], below=self.classes)
        if self.hash_weights:
            metadata["hashed"] = "params 0.08, x 1.5"
            with torch.no_grad():
                for i, value in enumerate(net.parameters()):
                    value.copy_(hashed(i, tuple(value.shape), 0.08))
        else:
            put("input.x", x)
            for path, value in net.named_parameters():
                put("param.net." + path, value)
        put("input.label", label)
        start = {k: v.clone() for k, v in net.state_dict().items()}
        floats = lambda: [(k, v) for k, v in net.named_buffers() if v.dtype == torch.float32]
        for path, value in floats():
            put("buffer.net." + path, value)
        for mode in ("eval", "train"):
            net.load_state_dict(start)
            net.train(mode == "train")
            net.zero_grad()
            logits = net(x)
            loss = F.cross_entropy(logits, label.long())
            loss.backward()
            put(mode + ".out.forward.out", logits)
            put(mode + ".out.loss.out", loss)
            for path, value in net.named_parameters():
                put(mode + ".grad.loss.net." + path, value.grad, self.every)
            for path, value in floats() if mode == "train" else []:
                put("train.buffer.loss.net." + path, value)
        for k, (text, make) in enumerate(self.runs):
            metadata[f"steps.{k}"] = f"{STEPS} {text}"
            exact = self.train(net.double(), start, make, x.double(), label)
            rounded = self.train(net.float(), start, make, x, label)
            worst = max((a - b).abs().max() / a.abs().max() for a, b in zip(exact, rounded))
            assert worst < 1e-4, f"{text} says nothing: rounding alone changes it by {worst:.1e}"
            for path, value in net.named_parameters():
                put(f"steps.{k}.net." + path, value, self.every)
            for path, value in floats():
                put(f"steps.{k}.net." + path, value)

    @staticmethod
    def train(net, start, make, x, label):
        net.load_state_dict(start)
        net.train()
        optimizer = make(list(net.parameters()))
        for _ in range(STEPS):
            optimizer.zero_grad()
            F.cross_entropy(net(x), label.long()).backward()
            optimizer.step()
        return [p.detach().double() for p in net.parameters()]


MODELS = {
    "mlp": Model(lambda: mlp([12, 17, 9, 5]), (7, 12), 5, RUNS),
    "lenet_small": Model(lambda: lenet(3, 4, 16, 12, 10, 6), (5, 1, 16, 16), 6, [RUNS[1], RUNS[5]]),
    "conv_net": Model(conv_net, (6, 2, 8, 8), 4, [RUNS[0], RUNS[2], STABLE_ADAM]),
    # the zoo's own widths
    "mlp_full": Model(lambda: mlp([784, 512, 256, 10]), (8, 784), 10, [RUNS[0], STABLE_ADAM], 997, True),
    "lenet5_full": Model(lambda: lenet(6, 16, 400, 120, 84, 10), (4, 1, 28, 28), 10, [RUNS[0], RUNS[5]], 89, True),
}


# ---------------------------------------------------------------- writing

def safetensors(tensors, metadata):
    """The bytes of the file, always in the same order: the format's own library shuffles the metadata."""
    header, parts, at = {"__metadata__": dict(sorted(metadata.items()))}, [], 0
    for key, value in tensors.items():
        data = value.numpy().astype("<i4" if value.dtype == torch.int32 else "<f4").tobytes()
        dtype = "I32" if value.dtype == torch.int32 else "F32"
        header[key] = {"dtype": dtype, "shape": list(value.shape), "data_offsets": [at, at + len(data)]}
        parts.append(data)
        at += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    return len(text).to_bytes(8, "little") + text + b"".join(parts)


def write(name, tensors, metadata):
    path = os.path.join(HERE, name + ".safetensors")
    fresh = safetensors(tensors, dict(metadata, torch=torch.__version__.split("+")[0]))
    old = open(path, "rb").read() if os.path.exists(path) else None
    if fresh != old:
        with open(path, "wb") as f:
            f.write(fresh)
    print(f"{name}: {len(tensors)} tensors, {len(fresh)} bytes" + ("" if fresh != old else ", unchanged"))


def putter(tensors, prefix):
    def put(key, value, every=1):
        value = value.detach().clone().contiguous()
        if every > 1 and value.numel() > 4 * every:
            key, value = f"{key}@{every}", value.flatten()[::every].contiguous()
        tensors[prefix + key] = value
    return put


def seed(text):
    torch.manual_seed(zlib.crc32(text.encode()))


def case_names(table):
    """The DLM side decides which rows there are: a row of TABLES without a line in the file is left out."""
    with open(os.path.join(HERE, table + ".cases")) as f:
        lines = [line.split(None, 2) for line in f if line.strip() and not line.startswith("//")]
    return [words[1] for words in lines]


def main(wanted):
    for table, rows in TABLES.items():
        if wanted and table not in wanted or not os.path.exists(os.path.join(HERE, table + ".cases")):
            continue
        tensors = {}
        for name in case_names(table):
            seed(table + "/" + name)
            rows[name](putter(tensors, name + "/"))
        write(table, tensors, {})
    for name, model in MODELS.items():
        if wanted and name not in wanted:
            continue
        tensors, metadata = {}, {}
        seed(name)
        model.record(putter(tensors, ""), metadata)
        write(name, tensors, metadata)


if __name__ == "__main__":
    main(sys.argv[1:])
