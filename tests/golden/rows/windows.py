"""Convolutions and pools with every argument: strides, padding wider than the kernel, dilation, groups, one to three axes."""
import torch
import torch.nn as nn
import torch.nn.functional as F

from making import *

CONVOLUTIONS = {
    "conv1d_all": layer(lambda: nn.Conv1d(4, 6, 3, 2, 2, 2, 2), lambda: normal(2, 4, 11)),
    "conv1d_depthwise": layer(lambda: nn.Conv1d(4, 8, 3, groups=4, bias=False), lambda: normal(1, 4, 7)),
    "conv1d_pointwise": layer(lambda: nn.Conv1d(3, 5, 1), lambda: normal(2, 3, 4)),
    "conv1d_whole": layer(lambda: nn.Conv1d(3, 5, 6), lambda: normal(2, 3, 6)),
    "conv1d_wide_padding": layer(lambda: nn.Conv1d(2, 3, 2, 3, 5), lambda: normal(1, 2, 4)),
    "conv1d_one_element": layer(lambda: nn.Conv1d(2, 3, 3, padding=1), lambda: normal(1, 2, 1)),
    "conv2d_all": layer(lambda: nn.Conv2d(4, 6, (3, 2), (2, 1), (2, 1), (1, 2), 2), lambda: normal(2, 4, 6, 5)),
    "conv2d_wide_padding": layer(lambda: nn.Conv2d(2, 3, 2, padding=4), lambda: normal(1, 2, 3, 3)),
    "conv2d_stride_beyond_kernel": layer(lambda: nn.Conv2d(2, 3, 2, 5), lambda: normal(1, 2, 9, 8)),
    "conv2d_dilation_stride": layer(lambda: nn.Conv2d(2, 3, 3, 2, 1, 3), lambda: normal(1, 2, 10, 9)),
    "conv3d_all": layer(lambda: nn.Conv3d(4, 2, (2, 3, 1), (1, 2, 2), (1, 0, 2), (2, 1, 1), 2),
                        lambda: normal(1, 4, 4, 5, 3)),
    "conv3d_depthwise": layer(lambda: nn.Conv3d(3, 3, 2, groups=3), lambda: normal(1, 3, 3, 3, 3)),
    "depthwise": layer(lambda: nn.Conv2d(3, 3, 3, padding=1, groups=3), lambda: normal(2, 3, 5, 4)),
    "depthwise_multiplier": layer(lambda: nn.Conv2d(3, 6, (3, 1), 2, (2, 1), 2, 3, bias=False), lambda: normal(1, 3, 6, 5)),
    "conv_transpose1d_all": layer(lambda: nn.ConvTranspose1d(4, 6, 3, 3, 1, 2, 2, True, 2), lambda: normal(2, 4, 5)),
    "conv_transpose1d_wide_padding": layer(lambda: nn.ConvTranspose1d(2, 3, 2, 1, 3), lambda: normal(1, 2, 9)),
    "conv_transpose1d_one_element": layer(lambda: nn.ConvTranspose1d(2, 3, 4, 2), lambda: normal(1, 2, 1)),
    "conv_transpose2d_all": layer(lambda: nn.ConvTranspose2d(4, 6, (3, 2), (2, 3), (1, 0), (1, 2), 2, True, (2, 1)),
                                  lambda: normal(1, 4, 3, 4)),
    "conv_transpose2d_depthwise": layer(lambda: nn.ConvTranspose2d(3, 3, 3, 2, 1, 1, 3, False), lambda: normal(2, 3, 3, 3)),
    "conv_transpose2d_gap": layer(lambda: nn.ConvTranspose2d(2, 3, 2, 4), lambda: normal(1, 2, 3, 2)),
    "conv_transpose2d_padding_is_kernel": layer(lambda: nn.ConvTranspose2d(2, 3, 2, 1, 2), lambda: normal(1, 2, 5, 6)),
    "conv_transpose2d_crop_to_stride": layer(lambda: nn.ConvTranspose2d(2, 3, 3, 4, 3, 3), lambda: normal(1, 2, 4, 3)),
    "conv_transpose3d_all": fn(lambda: {"x": normal(1, 4, 2, 3, 2), "w": normal(4, 2, 3, 2, 2)}, lambda x, w:
                               F.conv_transpose3d(x, w, None, (2, 1, 2), 1, (1, 0, 0), 2, (1, 2, 1))),
}

WINDOWS = {
    "max_pool1d_all": layer(lambda: nn.MaxPool1d(3, 2, 1, 2), lambda: distinct(2, 3, 9)),
    "max_pool1d_all_negative": layer(lambda: nn.MaxPool1d(4, 1, 2), lambda: (distinct(1, 2, 5) - 9).detach().requires_grad_()),
    "max_pool1d_one_element": layer(lambda: nn.MaxPool1d(2, padding=1), lambda: distinct(1, 2, 1)),
    "max_pool1d_ties": layer(lambda: nn.MaxPool1d(3, 1, 1), lambda: torch.tensor([[[1., 1, 2, 2, 2, 0]]]).requires_grad_()),
    "max_pool2d_all": layer(lambda: nn.MaxPool2d((3, 2), (2, 1), (1, 0), (1, 2)), lambda: distinct(2, 2, 7, 6)),
    "max_pool2d_gap": layer(lambda: nn.MaxPool2d(2, 3), lambda: distinct(1, 2, 8, 7)),
    "max_pool1d_ceil": layer(lambda: nn.MaxPool1d(2, ceil_mode=True), lambda: distinct(2, 3, 7)),
    "max_pool2d_ceil": layer(lambda: nn.MaxPool2d(3, 2, ceil_mode=True), lambda: distinct(2, 2, 6, 8)),
    "max_pool2d_ceil_padded": layer(lambda: nn.MaxPool2d((3, 2), (2, 3), (1, 1), (1, 2), ceil_mode=True),
                                    lambda: distinct(1, 2, 8, 7)),
    "max_pool2d_ceil_last_in_padding": layer(lambda: nn.MaxPool2d(2, 2, 1, ceil_mode=True), lambda: distinct(1, 2, 5, 6)),
    "avg_pool1d_ceil": layer(lambda: nn.AvgPool1d(3, 2, 1, ceil_mode=True), lambda: normal(2, 3, 8)),
    "avg_pool2d_ceil": layer(lambda: nn.AvgPool2d(3, 2, ceil_mode=True), lambda: normal(2, 2, 6, 8)),
    "avg_pool2d_ceil_padded": layer(lambda: nn.AvgPool2d(3, 2, 1, ceil_mode=True), lambda: normal(1, 2, 6, 7)),
    "avg_pool2d_ceil_without_padding": layer(lambda: nn.AvgPool2d(3, 2, 1, ceil_mode=True, count_include_pad=False),
                                             lambda: normal(1, 2, 6, 7)),
    "avg_pool2d_ceil_wide": layer(lambda: nn.AvgPool2d((2, 4), (2, 3), (1, 2), ceil_mode=True), lambda: normal(1, 2, 5, 6)),
    "max_pool3d": fn(lambda: {"x": distinct(1, 2, 4, 5, 4)}, lambda x: F.max_pool3d(x, (2, 3, 2), (2, 1, 2), (1, 1, 0))),
    "sum_pool3d": fn(lambda: {"x": normal(1, 2, 4, 5, 4)}, lambda x:
                     F.avg_pool3d(x, (2, 3, 2), (2, 1, 2), (1, 1, 0), divisor_override=1)),
    "avg_pool1d_all": layer(lambda: nn.AvgPool1d(3, 2, 1), lambda: normal(2, 3, 8)),
    "avg_pool2d_all": layer(lambda: nn.AvgPool2d((3, 2), (1, 3), (1, 0)), lambda: normal(2, 2, 5, 8)),
    "avg_pool2d_without_padding": layer(lambda: nn.AvgPool2d((3, 2), (1, 3), 1, count_include_pad=False),
                                        lambda: normal(2, 2, 5, 8)),
    "avg_pool1d_without_padding": layer(lambda: nn.AvgPool1d(4, 1, 2, count_include_pad=False), lambda: normal(1, 2, 5)),
    "min_pool1d": fn(lambda: {"x": distinct(2, 3, 9)}, lambda x: -F.max_pool1d(-x, 3, 2, 1)),
    "min_pool2d_all": fn(lambda: {"x": distinct(2, 2, 7, 6)}, lambda x: -F.max_pool2d(-x, (3, 2), (2, 1), (1, 0), (1, 2))),
    "adaptive_uneven": layer(lambda: nn.AdaptiveAvgPool2d((3, 4)), lambda: normal(2, 2, 7, 9)),
    "adaptive_enlarging": layer(lambda: nn.AdaptiveAvgPool2d((5, 4)), lambda: normal(1, 2, 3, 2)),
    "adaptive_overlapping": layer(lambda: nn.AdaptiveAvgPool2d((4, 3)), lambda: normal(1, 2, 5, 5)),
    "adaptive_one": layer(lambda: nn.AdaptiveAvgPool2d(1), lambda: normal(2, 3, 4, 5)),
    "adaptive_same": layer(lambda: nn.AdaptiveAvgPool2d((4, 5)), lambda: normal(2, 3, 4, 5)),
    "upsample_nearest_uneven": layer(lambda: nn.Upsample(scale_factor=(2, 3)), lambda: normal(1, 2, 3, 4)),
    "upsample_bilinear": layer(lambda: nn.Upsample(scale_factor=2, mode="bilinear"), lambda: normal(1, 2, 3, 4)),
    "upsample_bilinear_uneven": layer(lambda: nn.Upsample(scale_factor=(3, 4), mode="bilinear"), lambda: normal(2, 1, 4, 3)),
    "upsample_bilinear_corners": layer(lambda: nn.Upsample(scale_factor=(3, 2), mode="bilinear", align_corners=True),
                                       lambda: normal(1, 2, 3, 4)),
    "upsample_bilinear_of_one": layer(lambda: nn.Upsample(scale_factor=2, mode="bilinear"), lambda: normal(1, 2, 1, 2)),
    "upsample_bilinear_one_pixel": layer(lambda: nn.Upsample(scale_factor=3, mode="bilinear", align_corners=True),
                                         lambda: normal(1, 2, 1, 1)),
    "upsample_bilinear_scale_one": layer(lambda: nn.Upsample(scale_factor=1, mode="bilinear"), lambda: normal(1, 2, 3, 2)),
}

TABLES = {"convolutions": CONVOLUTIONS, "windows": WINDOWS}
