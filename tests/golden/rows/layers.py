"""Layers without time: dense, convolution, pooling, normalisation."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from making import *

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

TABLES = {"pools": POOLS, "layers": LAYERS}
