"""What stands between gradients and steps: clipping, accumulation, groups, averaged weights; SGD with momentum on one network."""
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn

from making import *

STEPS = 20


def network():
    return nn.Sequential(nn.Linear(6, 7), nn.Tanh(), nn.Linear(7, 3))


def alike(net):
    return torch.optim.SGD(net.parameters(), lr=0.2, momentum=0.9, weight_decay=0.01)


def decay_of_weights(net):
    return torch.optim.SGD([{"params": [net[0].weight, net[2].weight]},
                            {"params": [net[0].bias, net[2].bias], "weight_decay": 0.0}], lr=0.2, momentum=0.9, weight_decay=0.01)


def groups(net):
    return torch.optim.SGD([{"params": net[0].parameters(), "lr": 0.1, "momentum": 0.5},
                            {"params": net[2].parameters()}], lr=0.2, momentum=0.9, weight_decay=0.01)


CASES = {
    "plain": (alike, {}),
    "clip_norm": (alike, {"norm": 0.05}),
    "clip_value": (alike, {"value": 0.01}),
    "accumulate": (alike, {"batches": [(0, 4), (4, 8), (8, 9)]}),
    "average": (alike, {"average": 0.8}),
    "decay": (decay_of_weights, {}),
    "groups": (groups, {}),
}


class Training:
    def record(self, put, metadata):
        net = network()
        start = {k: v.clone() for k, v in net.state_dict().items()}
        for path, value in start.items():
            put("param.net." + path, value)
        x, label = torch.randn(9, 6), torch.randint(0, 3, (9,), dtype=torch.int32)
        put("input.x", x)
        put("input.label", label)
        for name, (make, how) in CASES.items():
            net.load_state_dict(start)
            optimizer = make(net)
            averaged = AveragedModel(net, multi_avg_fn=get_ema_multi_avg_fn(how["average"])) if "average" in how else None
            for _ in range(STEPS):
                optimizer.zero_grad()
                for a, b in how.get("batches", [(0, 9)]):
                    (F.cross_entropy(net(x[a:b]), label[a:b].long()) * (b - a) / 9).backward()
                if "norm" in how:
                    torch.nn.utils.clip_grad_norm_(net.parameters(), how["norm"])
                if "value" in how:
                    torch.nn.utils.clip_grad_value_(net.parameters(), how["value"])
                optimizer.step()
                if averaged:
                    averaged.update_parameters(net)
            for path, value in (averaged.module if averaged else net).named_parameters():
                put(f"{name}/net." + path, value)


class Turns:
    """Two objectives in turn at each step, each with an Adam of its own, as a generative adversarial network is trained."""

    def record(self, put, metadata):
        d = nn.Sequential(nn.Linear(6, 7), nn.LeakyReLU(0.2), nn.Linear(7, 1))
        g = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 6))
        for name, net in (("d", d), ("g", g)):
            for path, value in net.state_dict().items():
                put(f"param.{name}.{path}", value.clone())
        x, z = torch.randn(9, 6), torch.randn(9, 3)
        put("input.x", x)
        put("input.z", z)
        adams = {"d": torch.optim.Adam(d.parameters(), lr=0.02, betas=(0.5, 0.999)),
                 "g": torch.optim.Adam(g.parameters(), lr=0.01, betas=(0.5, 0.999))}
        losses = []
        for _ in range(STEPS):
            adams["d"].zero_grad()
            loss_d = score(d(x), 0.9) + score(d(g(z).detach()), 0.0)
            loss_d.backward()
            adams["d"].step()
            adams["g"].zero_grad()
            loss_g = score(d(g(z)), 1.0)
            loss_g.backward()
            adams["g"].step()
            losses.append([loss_d.item(), loss_g.item()])
        put("losses", torch.tensor(losses))
        for name, net in (("d", d), ("g", g)):
            for path, value in net.state_dict().items():
                put(f"trained/{name}.{path}", value)


def score(logits, real):
    return F.binary_cross_entropy_with_logits(logits, torch.full_like(logits, real))


MODELS = {"training": Training(), "turns": Turns()}
