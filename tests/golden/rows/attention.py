"""Attention, normalisation and dense layers with their options; masks are true where one must not look."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from making import *


def attention(d, heads, make_x, call, causal=False, **options):
    def run(module, *arguments):
        mask = None
        if causal:
            mask = torch.triu(torch.ones(arguments[0].shape[1], arguments[0].shape[1], dtype=torch.bool), 1)
        return call(module, mask, *arguments)
    return layer(lambda: nn.MultiheadAttention(d, heads, batch_first=True, **options), make_x, call=run)


def to_itself(module, mask, x):
    return module(x, x, x, attn_mask=mask, need_weights=False)[0]


def to_others(module, mask, q, k, v):
    return module(q, k, v, need_weights=False)[0]


def future(t):
    return torch.triu(torch.ones(t, t, dtype=torch.bool), 1)


def encoder(make_x=lambda: normal(2, 5, 6), call=None, **options):
    return layer(lambda: nn.TransformerEncoderLayer(6, 2, 7, 0.0, batch_first=True, **options), make_x, call=call)


def decoder(call=None, more={}, **options):
    return layer(lambda: nn.TransformerDecoderLayer(6, 3, 7, 0.0, batch_first=True, **options),
                 lambda: dict({"x": normal(2, 4, 6), "y": normal(2, 5, 6)}, **{k: v() for k, v in more.items()}),
                 call=call)


def sinusoid(x):
    t, d = x.shape[1:]
    angle = torch.arange(t)[:, None] * torch.exp(torch.arange(0, d, 2) * (-math.log(10000.0) / d))
    pe = torch.zeros(t, d)
    pe[:, 0::2] = torch.sin(angle)
    pe[:, 1::2] = torch.cos(angle)
    return x + pe


def rotary(x, interleaved, base=10000.0):
    t, c = x.shape[-2:]
    angle = torch.arange(t)[:, None] * base ** (-torch.arange(0, c, 2) / c)
    if interleaved:
        turned = torch.view_as_complex(x.reshape(*x.shape[:-1], c // 2, 2)) * torch.polar(torch.ones_like(angle), angle)
        return torch.view_as_real(turned).flatten(-2)
    cos, sin = torch.cat([angle.cos()] * 2, -1), torch.cat([angle.sin()] * 2, -1)
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat([-second, first], -1) * sin


ATTENTION = {
    "self_attention": attention(6, 2, lambda: normal(2, 5, 6), to_itself),
    "self_attention_one_head": attention(4, 1, lambda: normal(1, 3, 4), to_itself),
    "self_attention_no_bias": attention(6, 3, lambda: normal(2, 5, 6), to_itself, bias=False),
    "self_attention_causal": attention(6, 2, lambda: normal(2, 5, 6), to_itself, causal=True),
    "self_attention_one_step": attention(6, 2, lambda: normal(1, 1, 6), to_itself, causal=True),
    "cross_attention": attention(6, 2, lambda: {"x": normal(2, 3, 6), "y": normal(2, 5, 6), "z": normal(2, 5, 6)},
                                 lambda m, _, q, k, v: to_others(m, _, q, k, v)),
    "cross_attention_widths": attention(6, 2, lambda:
                                        {"x": normal(2, 3, 6), "y": normal(2, 4, 5), "z": normal(2, 4, 7)},
                                        to_others, kdim=5, vdim=7),
    "attention_mask": attention(6, 2, lambda: {"x": normal(2, 4, 6), "hide":
                                                (torch.rand(4, 4) < 0.4).int() * (1 - torch.eye(4).int())},
                                lambda m, _, x, hide: m(x, x, x, attn_mask=hide.bool(), need_weights=False)[0]),
    "attention_padding": attention(6, 2, lambda: {"x": normal(3, 2, 6), "y": normal(3, 4, 6),
                                                   "last": torch.tensor([3, 0, 1], dtype=torch.int32)},
                                   lambda m, _, x, y, last: m(x, y, y, need_weights=False,
                                                              key_padding_mask=torch.arange(4) > last[:, None])[0]),
    "encoder_layer": encoder(),
    "encoder_layer_norm_first": encoder(norm_first=True),
    "encoder_layer_gelu": encoder(activation="gelu", layer_norm_eps=1e-3, bias=False),
    "encoder_layer_causal": encoder(call=lambda m, x: m(x, src_mask=future(5))),
    "encoder_layer_padding": encoder(lambda: {"x": normal(2, 5, 6), "last": torch.tensor([4, 2], dtype=torch.int32)},
                                     lambda m, x, last: m(x, src_key_padding_mask=torch.arange(5) > last[:, None])),
    "decoder_layer": decoder(),
    "decoder_layer_norm_first": decoder(norm_first=True, activation="gelu"),
    "decoder_layer_causal": decoder(lambda m, x, y: m(x, y, tgt_mask=future(4)), bias=False),
    "decoder_layer_masked": decoder(lambda m, x, y, last: m(x, y, tgt_mask=future(4), memory_key_padding_mask=
                                                           torch.arange(5) > last[:, None]),
                                    {"last": lambda: torch.tensor([4, 2], dtype=torch.int32)}, norm_first=True),
    "positional_encoding": fn(lambda: {"x": normal(2, 40, 6)}, sinusoid),
    "rotary": fn(lambda: {"x": normal(2, 2, 9, 6)}, lambda x: rotary(x, True)),
    "rotary_halves": fn(lambda: {"x": normal(2, 2, 9, 6)}, lambda x: rotary(x, False, 500.0)),
}

NORMS = {
    "batch_norm1d_series": layer(lambda: nn.BatchNorm1d(4), lambda: normal(3, 4, 6, scale=2.0, shift=1.0)),
    "batch_norm1d_bare": layer(lambda: nn.BatchNorm1d(4, affine=False), lambda: normal(5, 4)),
    "batch_norm1d_untracked": layer(lambda: nn.BatchNorm1d(4, track_running_stats=False), lambda: normal(5, 4)),
    "batch_norm1d_one_example": layer(lambda: nn.BatchNorm1d(4), lambda: normal(1, 4, 3)),
    "batch_norm2d_bare": layer(lambda: nn.BatchNorm2d(3, affine=False, track_running_stats=False),
                               lambda: normal(2, 3, 4, 3)),
    "batch_norm2d_one_example": layer(lambda: nn.BatchNorm2d(3), lambda: normal(1, 3, 4, 3)),
    "batch_norm2d_far_from_zero": layer(lambda: nn.BatchNorm2d(3), lambda: normal(2, 3, 4, 3, shift=300.0)),
    "layer_norm_bare": layer(lambda: nn.LayerNorm(7, elementwise_affine=False), lambda: normal(3, 7)),
    "layer_norm_no_bias": layer(lambda: nn.LayerNorm(7, 1e-3, bias=False), lambda: normal(2, 2, 7)),
    "layer_norm_far_from_zero": layer(lambda: nn.LayerNorm(33), lambda: normal(2, 33, shift=1000.0)),
    "layer_norm_image": layer(lambda: nn.LayerNorm([3, 4, 2]), lambda: normal(2, 3, 4, 2, shift=1.0)),
    "layer_norm_two_axes": layer(lambda: nn.LayerNorm([4, 2], bias=False), lambda: normal(2, 3, 4, 2)),
    "layer_norm_one": layer(lambda: nn.LayerNorm(1), lambda: normal(3, 1)),
    "group_norm_flat": layer(lambda: nn.GroupNorm(3, 6), lambda: normal(4, 6)),
    "group_norm_series": layer(lambda: nn.GroupNorm(2, 6), lambda: normal(2, 6, 5)),
    "group_norm_volume": layer(lambda: nn.GroupNorm(2, 4, affine=False), lambda: normal(2, 4, 2, 3, 2)),
    "group_norm_all": layer(lambda: nn.GroupNorm(1, 4), lambda: normal(2, 4, 3, 2)),
    "group_norm_each": layer(lambda: nn.GroupNorm(4, 4), lambda: normal(2, 4, 3, 2)),
    "instance_norm2d_affine": layer(lambda: nn.InstanceNorm2d(3, affine=True), lambda: normal(2, 3, 4, 4)),
    "instance_norm2d_tracked": layer(lambda: nn.InstanceNorm2d(3, momentum=0.3, affine=True, track_running_stats=True),
                                     lambda: normal(2, 3, 4, 3)),
    "rms_norm_default": layer(lambda: nn.RMSNorm(9), lambda: normal(2, 3, 9)),
    "rms_norm_bare": layer(lambda: nn.RMSNorm(9, elementwise_affine=False), lambda: normal(2, 9)),
}

DENSE = {
    "bilinear": layer(lambda: nn.Bilinear(3, 5, 4), lambda: {"x": normal(6, 3), "y": normal(6, 5)}),
    "bilinear_series_no_bias": layer(lambda: nn.Bilinear(3, 2, 4, bias=False),
                                     lambda: {"x": normal(2, 3, 3), "y": normal(2, 3, 2)}),
    "linear_vector": layer(lambda: nn.Linear(7, 5), lambda: normal(7)),
    "linear_one_to_one": layer(lambda: nn.Linear(1, 1), lambda: normal(1, 1)),
    "identity_vector": layer(nn.Identity, lambda: normal(3)),
    "prelu_channels": layer(lambda: nn.PReLU(3), lambda: normal(2, 3, 4, 2)),
    "prelu_flat": layer(lambda: nn.PReLU(3), lambda: normal(4, 3)),
    "prelu_at_zero": layer(nn.PReLU, lambda: torch.tensor([-1.0, 0.0, -0.0, 2.0]).requires_grad_()),
    "embedding_padding": layer(lambda: nn.Embedding(6, 4, padding_idx=2), lambda: torch.tensor([[2, 0, 5], [2, 2, 1]],
                                                                                              dtype=torch.int32)),
    "embedding_padding_from_end": layer(lambda: nn.Embedding(6, 4, padding_idx=-1),
                                        lambda: torch.tensor([5, 0, 5, 4], dtype=torch.int32)),
    "embedding_vector": layer(lambda: nn.Embedding(6, 4), lambda: ints(5, below=6)),
    "embedding_repeated": layer(lambda: nn.Embedding(2, 3), lambda: ints(2, 3, 2, below=2)),
    "flatten_some": layer(lambda: nn.Flatten(1, 2), lambda: normal(2, 3, 4, 2)),
    "flatten_all": layer(lambda: nn.Flatten(0), lambda: normal(2, 3, 4)),
    "dropout_all": layer(lambda: nn.Dropout(1.0), lambda: normal(3, 7)),
    "dropout2d_all": layer(lambda: nn.Dropout2d(1.0), lambda: normal(2, 3, 2, 2)),
    "dropout2d_eval": layer(lambda: nn.Dropout2d(0.3), lambda: normal(2, 3, 2, 2), modes=("eval",)),
}

TABLES = {"attention": ATTENTION, "norms": NORMS, "dense": DENSE}
