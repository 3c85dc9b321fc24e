"""Models that users may write, from ../own: each restated in plain PyTorch."""
import math

import torch
import torch.nn as nn
import torch.nn.functional as F

from making import *
from rows.zoo import Row




class Norm(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(d))

    def forward(self, x):
        return x * torch.rsqrt((x * x).mean(-1, keepdim=True) + 1e-5) * self.scale


def rotate(x):
    t, d = x.shape[-2:]
    angle = torch.arange(t)[:, None] * torch.exp(torch.arange(d // 2) * (-math.log(10000.0) * 2 / d))
    a, b = x[..., 0::2], x[..., 1::2]
    return torch.stack([a * angle.cos() - b * angle.sin(), a * angle.sin() + b * angle.cos()], -1).flatten(-2)


class Attention(nn.Module):
    def __init__(self, heads, d):
        super().__init__()
        self.qkv = nn.Parameter(torch.zeros(3, heads, d // heads, d))
        self.out = nn.Linear(d, d, bias=False)

    def forward(self, x):
        q, k, v = (torch.einsum("ntd,hed->nhte", x, w) for w in self.qkv)
        y = F.scaled_dot_product_attention(rotate(q), rotate(k), v, is_causal=True)
        return self.out(y.transpose(1, 2).flatten(2))


class SwiGlu(nn.Module):
    def __init__(self, width, d):
        super().__init__()
        self.up, self.down = nn.Linear(d, 2 * width, bias=False), nn.Linear(width, d, bias=False)

    def forward(self, x):
        a, b = self.up(x).chunk(2, -1)
        return self.down(F.silu(a) * b)


class Block(nn.Module):
    def __init__(self, heads, width, d):
        super().__init__()
        self.n1, self.at, self.n2, self.ff = Norm(d), Attention(heads, d), Norm(d), SwiGlu(width, d)

    def forward(self, x):
        x = x + self.at(self.n1(x))
        return x + self.ff(self.n2(x))


class Decoder(nn.Module):
    def __init__(self, vocabulary, d, heads, width, depth):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, d)
        self.blocks = nn.Sequential(*(Block(heads, width, d) for _ in range(depth)))
        self.norm = Norm(d)

    def forward(self, ids):
        return self.norm(self.blocks(self.embed(ids))) @ self.embed.weight.T


class Peephole(nn.Module):
    def __init__(self, width, h):
        super().__init__()
        self.w, self.u = nn.Parameter(torch.zeros(4 * h, width)), nn.Parameter(torch.zeros(4 * h, h))
        self.peep, self.norm = nn.Parameter(torch.zeros(3, h)), nn.LayerNorm(4 * h)

    def forward(self, x):
        s = c = torch.zeros(x.shape[0], self.u.shape[1])
        states = []
        for v in x.unbind(1):
            a, f, g, o = self.norm(v @ self.w.T + s @ self.u.T).chunk(4, -1)
            c = torch.sigmoid(f + 1 + self.peep[1] * c) * c + torch.sigmoid(a + self.peep[0] * c) * torch.tanh(g)
            s = torch.sigmoid(o + self.peep[2] * c) * torch.tanh(c)
            states.append(s)
        return torch.stack(states, 1), s, c


class BothWays(nn.Module):
    def __init__(self, width, h, out):
        super().__init__()
        self.ahead, self.back, self.head = Peephole(width, h), Peephole(width, h), nn.Linear(2 * h, out)

    def forward(self, x):
        a, _, cell = self.ahead(x)
        b, last, _ = self.back(x.flip(1))
        return self.head(torch.cat([a, b.flip(1)], -1)) + (cell * last).mean(1, keepdim=True)[:, None]


class Experts(nn.Module):
    def __init__(self):
        super().__init__()
        self.gate = nn.Linear(6, 4)
        self.w1, self.w2 = nn.Parameter(torch.zeros(4, 6, 12)), nn.Parameter(torch.zeros(4, 12, 6))

    def forward(self, x):
        score, which = self.gate(x).topk(2)
        weight = torch.zeros(x.shape[0], 4).scatter(1, which, score.softmax(-1))
        y = torch.einsum("neh,eho->neo", F.relu(torch.einsum("ni,eih->neh", x, self.w1)), self.w2)
        return torch.einsum("neo,ne->no", y, weight)


class Codes(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc, self.dec, self.book = nn.Linear(5, 4), nn.Linear(4, 5), nn.Parameter(torch.zeros(7, 4))

    def forward(self, x):
        z = self.enc(x)
        code = torch.cdist(z, self.book).argmin(1)
        q = self.book[code]
        commit = F.mse_loss(q.detach(), z) * 0.25 + F.mse_loss(q, z.detach())
        return {"y": self.dec(z + (q - z).detach()), "code": code.int(), "commit": commit}

    def loss(self, x):
        outs = self(x)
        return F.mse_loss(outs["y"], x) + outs["commit"]


class Chain(nn.Module):
    def __init__(self):
        super().__init__()
        self.emit = nn.Linear(3, 5)
        self.move, self.start = nn.Parameter(torch.zeros(5, 5)), nn.Parameter(torch.zeros(5))

    def loss(self, x, tag):
        e, tag = self.emit(x), tag.long()
        a = self.start + e[:, 0]
        for v in e[:, 1:].unbind(1):
            a = torch.logsumexp(a[:, :, None] + self.move, 1) + v
        own = e.gather(2, tag[..., None]).sum((1, 2)) + self.start[tag[:, 0]]
        return (torch.logsumexp(a, 1) - own - self.move[tag[:, :-1], tag[:, 1:]].sum(1)).mean()

    def best(self, x):
        e, back = self.emit(x), []
        a = self.start + e[:, 0]
        for v in e[:, 1:].unbind(1):
            best, place = (a[:, :, None] + self.move).max(1)
            a = best + v
            back.append(place)
        path = [a.argmax(1)]
        for place in reversed(back):
            path.insert(0, place.gather(1, path[0][:, None])[:, 0])
        return {"score": a.amax(1), "path": torch.stack(path, 1).int()}


def decoder(n, t, *sizes):
    vocabulary = sizes[0]
    return Row(lambda: Decoder(*sizes), {"ids": ints(n, t, below=vocabulary), "next": ints(n, t, below=vocabulary)},
               {"forward": (lambda m, ids: m(ids), ("ids",)),
                "loss": (lambda m, ids, y: F.cross_entropy(m(ids).flatten(0, 1), y.long().flatten()), ("ids", "next"))})


def regression(make, loss, x, y):
    return Row(make, {"x": x, "y": y}, {"forward": (lambda m, x: m(x), ("x",)), "loss": (lambda m, x, y: loss(m(x), y), ("x", "y"))})


METADATA = {"own": {"filled": "by path"}}
TABLES = {"own": {
    "llama_decoder": decoder(3, 7, 11, 16, 4, 24, 2),
    "llama_corner": decoder(1, 1, 7, 6, 3, 5, 1),
    "peephole_lstm": regression(lambda: BothWays(4, 5, 3), F.mse_loss, (3, 6, 4), (3, 6, 3)),
    "peephole_short": regression(lambda: BothWays(4, 5, 3), F.mse_loss, (1, 1, 4), (1, 1, 3)),
    "experts": regression(Experts, F.l1_loss, (9, 6), (9, 6)),
    "codes": Row(Codes, {"x": (9, 5)}, {"forward": (Codes.forward, ("x",)), "loss": (Codes.loss, ("x",))}),
    "chain": Row(Chain, {"x": (4, 6, 3), "tag": ints(4, 6, below=5)},
                 {"loss": (Chain.loss, ("x", "tag")), "best": (Chain.best, ("x",))}),
}}


class AdaBelief(torch.optim.Optimizer):
    """Algorithm 2 of arXiv 2010.07468."""

    def __init__(self, params, lr, betas=(0.9, 0.999), eps=1e-8):
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            b1, b2 = group["betas"]
            for p in group["params"]:
                state = self.state[p]
                if not state:
                    state.update(m=torch.zeros_like(p), s=torch.zeros_like(p), t=0)
                state["t"] += 1
                state["m"] = b1 * state["m"] + (1 - b1) * p.grad
                state["s"] = b2 * state["s"] + (1 - b2) * (p.grad - state["m"]) ** 2 + group["eps"]
                m, s = state["m"] / (1 - b1 ** state["t"]), state["s"] / (1 - b2 ** state["t"])
                p -= group["lr"] * m / (s.sqrt() + group["eps"])


class Lars(torch.optim.Optimizer):
    """Arxiv 1708.03888, the local rate of one parameter tensor; a smooth start over the first steps."""

    def __init__(self, params, lr, momentum=0.9, trust=0.02, warmup=10):
        super().__init__(params, dict(lr=lr, momentum=momentum, trust=trust, warmup=warmup))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                if not state:
                    state.update(v=torch.zeros_like(p), t=0)
                state["t"] += 1
                rate = group["lr"] * min(1.0, state["t"] / group["warmup"])
                local = group["trust"] * p.norm() / (p.grad.norm() + 1e-8)
                state["v"] = group["momentum"] * state["v"] + rate * local * p.grad
                p -= state["v"]


def network():
    return nn.Sequential(nn.Linear(6, 9), nn.Tanh(), nn.Linear(9, 5))


MODELS = {"own_optimizers": Model(network, (8, 6), 5, [
    ("AdaBelief(lr=0.01, eps=1e-8)", lambda p: AdaBelief(p, lr=0.01, eps=1e-8)),
    ("AdaBelief(lr=0.003, beta1=0.8)", lambda p: AdaBelief(p, lr=0.003, betas=(0.8, 0.999))),
    ("Lars(lr=0.5)", lambda p: Lars(p, lr=0.5)),
    ("Lars(lr=1.0, momentum=0.5, trust=0.01, warmup=20)", lambda p: Lars(p, lr=1.0, momentum=0.5, trust=0.01, warmup=20)),
], steps=50)}
