"""Small networks with their training runs, and the zoo's own widths."""
import torch
import torch.nn as nn

from making import *

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


MODELS = {
    "mlp": Model(lambda: mlp([12, 17, 9, 5]), (7, 12), 5, RUNS),
    "lenet_small": Model(lambda: lenet(3, 4, 16, 12, 10, 6), (5, 1, 16, 16), 6, [RUNS[1], RUNS[5]]),
    "conv_net": Model(conv_net, (6, 2, 8, 8), 4, [RUNS[0], RUNS[2], STABLE_ADAM]),
    # the zoo's own widths
    "mlp_full": Model(lambda: mlp([784, 512, 256, 10]), (8, 784), 10, [RUNS[0], STABLE_ADAM], 997, True),
    "lenet5_full": Model(lambda: lenet(6, 16, 400, 120, 84, 10), (4, 1, 28, 28), 10, [RUNS[0], RUNS[5]], 89, True),
}
