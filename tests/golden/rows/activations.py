"""Activation functions."""
import math

import torch
import torch.nn.functional as F

from making import *

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

TABLES = {"activations": ACTIVATIONS}
