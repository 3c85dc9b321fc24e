#!/usr/bin/env python3
"""Writes initialisation.txt: how PyTorch fills the parameters of its modules (see InitialisationTest).

A line is a layer in our language, the shape of its input, a parameter's path, and the smallest and largest number, mean
and standard deviation of its values in some hundred modules.
"""
import os

import torch
import torch.nn as nn

MODULES = 150
torch.set_num_threads(1)

ROWS = [
    ("Linear(30)", "[N, 40]", lambda: nn.Linear(40, 30)),
    ("Bilinear(7)", "[N, 20], [N, 30]", lambda: nn.Bilinear(20, 30, 7)),
    ("Embedding(50, 20)", "i32[N]", lambda: nn.Embedding(50, 20)),
    ("PReLU(3)", "[N, 3]", lambda: nn.PReLU(3)),
    ("Conv1d(16, 5)", "[N, 8, 9]", lambda: nn.Conv1d(8, 16, 5)),
    ("Conv2d(16, [3, 5], groups = 2)", "[N, 8, 9, 9]", lambda: nn.Conv2d(8, 16, (3, 5), groups=2)),
    ("Conv3d(6, 3)", "[N, 4, 5, 5, 5]", lambda: nn.Conv3d(4, 6, 3)),
    ("DepthwiseConv2d(3, multiplier = 2)", "[N, 8, 9, 9]", lambda: nn.Conv2d(8, 16, 3, groups=8)),
    ("ConvTranspose1d(16, 4, groups = 2)", "[N, 8, 9]", lambda: nn.ConvTranspose1d(8, 16, 4, groups=2)),
    ("ConvTranspose2d(6, [4, 2])", "[N, 8, 9, 9]", lambda: nn.ConvTranspose2d(8, 6, (4, 2))),
    ("BatchNorm1d()", "[N, 5]", lambda: nn.BatchNorm1d(5)),
    ("BatchNorm2d()", "[N, 5, 2, 2]", lambda: nn.BatchNorm2d(5)),
    ("LayerNorm()", "[N, 5]", lambda: nn.LayerNorm(5)),
    ("GroupNorm(2)", "[N, 6, 2]", lambda: nn.GroupNorm(2, 6)),
    ("InstanceNorm2d(affine = true, track_running_stats = true)", "[N, 5, 2, 2]",
     lambda: nn.InstanceNorm2d(5, affine=True, track_running_stats=True)),
    ("RMSNorm()", "[N, 5]", lambda: nn.RMSNorm(5)),
    ("MultiHeadAttention(4)", "[N, T, 24]", lambda: nn.MultiheadAttention(24, 4, batch_first=True)),
    ("MultiHeadAttention(4, kdim = 10, vdim = 40)", "attend [N, T, 24], [N, S, 10], [N, S, 40]",
     lambda: nn.MultiheadAttention(24, 4, kdim=10, vdim=40, batch_first=True)),
    ("TransformerEncoderLayer(4, 30)", "[N, T, 24]", lambda: nn.TransformerEncoderLayer(24, 4, 30, batch_first=True)),
    ("TransformerDecoderLayer(4, 30)", "[N, T, 24], [N, S, 24]",
     lambda: nn.TransformerDecoderLayer(24, 4, 30, batch_first=True)),
]


def main():
    lines = []
    for row, (layer, inputs, make) in enumerate(ROWS):
        torch.manual_seed(row)
        values = {}
        for _ in range(MODULES):
            for path, value in make().state_dict().items():
                if value.dtype == torch.float32:
                    values.setdefault(path, []).append(value)
        for path, parts in values.items():
            v = torch.cat([p.flatten() for p in parts]).double()
            lines.append(f"{layer}; {inputs}; {path}; {v.min():.5g}; {v.max():.5g}; {v.mean():.3g}; {v.std():.5g}\n")
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "initialisation.txt"), "w") as f:
        f.writelines(lines)


if __name__ == "__main__":
    main()
