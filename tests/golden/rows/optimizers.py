"""Every optimizer on one network, 50 steps. Lion and LAMB are not in PyTorch: here they are as their papers have them."""
import torch
import torch.nn as nn

from making import *


class Lion(torch.optim.Optimizer):
    """Algorithm 2 of arXiv 2302.06675."""

    def __init__(self, params, lr, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            b1, b2 = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                c = b1 * m + (1 - b1) * p.grad
                self.state[p]["m"] = b2 * m + (1 - b2) * p.grad
                p -= group["lr"] * (torch.sign(c) + group["weight_decay"] * p)


class LAMB(torch.optim.Optimizer):
    """Algorithm 2 of arXiv 1904.00962, phi the identity; the ratio is 1 where a norm is 0."""

    def __init__(self, params, lr, betas=(0.9, 0.999), eps=1e-6, weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            b1, b2 = group["betas"]
            for p in group["params"]:
                state = self.state[p]
                if not state:
                    state.update(m=torch.zeros_like(p), v=torch.zeros_like(p), t=0)
                state["t"] += 1
                state["m"] = b1 * state["m"] + (1 - b1) * p.grad
                state["v"] = b2 * state["v"] + (1 - b2) * p.grad ** 2
                m = state["m"] / (1 - b1 ** state["t"])
                v = state["v"] / (1 - b2 ** state["t"])
                update = m / (v.sqrt() + group["eps"]) + group["weight_decay"] * p
                size, length = p.norm(), update.norm()
                p -= group["lr"] * (size / length if size > 0 and length > 0 else 1.0) * update


def network():
    return nn.Sequential(nn.Conv2d(1, 4, 3), nn.Tanh(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(36, 9), nn.Tanh(),
                         nn.Linear(9, 5))


O = torch.optim
RUNS = [
    ("SGD(lr=0.05)", lambda p: O.SGD(p, lr=0.05)),
    ("SGD(lr=0.02, momentum=0.9, nesterov=true, weight_decay=0.01)",
     lambda p: O.SGD(p, lr=0.02, momentum=0.9, nesterov=True, weight_decay=0.01)),
    ("Adagrad(lr=0.02, lr_decay=0.02)", lambda p: O.Adagrad(p, lr=0.02, lr_decay=0.02)),
    ("Adagrad(lr=0.02, initial_accumulator_value=0.1, weight_decay=0.01)",
     lambda p: O.Adagrad(p, lr=0.02, initial_accumulator_value=0.1, weight_decay=0.01)),
    ("Adadelta(lr=0.8)", lambda p: O.Adadelta(p, lr=0.8)),
    ("RMSprop(lr=0.003, alpha=0.95)", lambda p: O.RMSprop(p, lr=0.003, alpha=0.95)),
    ("RMSprop(lr=0.002, momentum=0.8, centered=true, weight_decay=0.01)",
     lambda p: O.RMSprop(p, lr=0.002, momentum=0.8, centered=True, weight_decay=0.01)),
    ("Adam(lr=0.005)", lambda p: O.Adam(p, lr=0.005)),
    ("Adam(lr=0.005, beta2=0.9, amsgrad=true)", lambda p: O.Adam(p, lr=0.005, betas=(0.9, 0.9), amsgrad=True)),
    ("AdamW(lr=0.005, weight_decay=0.2)", lambda p: O.AdamW(p, lr=0.005, weight_decay=0.2)),
    ("AdamW(lr=0.005, beta2=0.9, amsgrad=true)", lambda p: O.AdamW(p, lr=0.005, betas=(0.9, 0.9), amsgrad=True)),
    ("Adamax(lr=0.005, weight_decay=0.01)", lambda p: O.Adamax(p, lr=0.005, weight_decay=0.01)),
    ("NAdam(lr=0.005)", lambda p: O.NAdam(p, lr=0.005)),
    ("NAdam(lr=0.005, weight_decay=0.1, momentum_decay=0.02, decoupled_weight_decay=true)",
     lambda p: O.NAdam(p, lr=0.005, weight_decay=0.1, momentum_decay=0.02, decoupled_weight_decay=True)),
    ("RAdam(lr=0.02)", lambda p: O.RAdam(p, lr=0.02)),
    ("RAdam(lr=0.02, beta2=0.9, weight_decay=0.1, decoupled_weight_decay=true)",
     lambda p: O.RAdam(p, lr=0.02, betas=(0.9, 0.9), weight_decay=0.1, decoupled_weight_decay=True)),
    ("Lion(lr=0.002)", lambda p: Lion(p, lr=0.002)),
    ("Lion(lr=0.002, beta2=0.95, weight_decay=0.1)", lambda p: Lion(p, lr=0.002, betas=(0.9, 0.95), weight_decay=0.1)),
    ("LAMB(lr=0.01)", lambda p: LAMB(p, lr=0.01)),
    ("LAMB(lr=0.01, weight_decay=0.1)", lambda p: LAMB(p, lr=0.01, weight_decay=0.1)),
]

MODELS = {"optimizers": Model(network, (6, 1, 8, 8), 5, RUNS, steps=50)}
