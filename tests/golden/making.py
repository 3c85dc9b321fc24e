"""How the golden numbers are made: arguments, and what a row of a table or a model records."""
import math

import numpy as np
import torch
import torch.nn.functional as F


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


def layer(make_module, make_x, modes=("eval", "train"), prefix="net", call=None):
    """The module's parameters and buffers lie under `net`; x is a parameter unless it has no gradient. A module of several arguments
    gets a dictionary of them; `call` says how it is called where that is not module(*arguments)."""
    def record(put):
        module = make_module()
        randomize(module)
        made = make_x()
        arguments = made if isinstance(made, dict) else {"x": made}
        for name, value in arguments.items():
            put(("param." if value.requires_grad else "input.") + name, value)
        learned = {prefix + "." + k: v for k, v in module.named_parameters()}
        for path, value in learned.items():
            put("param." + path, value)
        before = {k: v.clone() for k, v in module.named_buffers() if v.dtype == torch.float32}
        for path, value in before.items():
            put("buffer." + prefix + "." + path, value)
        for mode in modes:
            module.train(mode == "train")
            module.load_state_dict(before, strict=False)
            wanted = dict(learned, **{k: v for k, v in arguments.items() if v.requires_grad})
            out = call(module, *arguments.values()) if call else module(*arguments.values())
            record_call(put, mode, out, wanted)
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


def x37(call, make=lambda: {"x": normal(3, 7, scale=2.0)}):
    return fn(make, call)


def xy(call, make=lambda: {"x": normal(3, 7), "y": normal(3, 7)}):
    return fn(make, call)


# ---------------------------------------------------------------- models and their training runs

STEPS = 25


class Model:
    """A net under `net`, its functions `forward(x)` and `loss(x, label)`, and training runs on one batch."""

    def __init__(self, make, shape, classes, runs, every=1, hash_weights=False, steps=STEPS):
        self.make, self.shape, self.classes = make, shape, classes
        self.runs, self.every, self.hash_weights, self.steps = runs, every, hash_weights, steps

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
            metadata[f"steps.{k}"] = f"{self.steps} {text}"
            exact = self.train(net.double(), start, make, x.double(), label)
            rounded = self.train(net.float(), start, make, x, label)
            worst = max((a - b).abs().max() / a.abs().max() for a, b in zip(exact, rounded))
            assert worst < 1e-4, f"{text} says nothing: rounding alone changes it by {worst:.1e}"
            for path, value in net.named_parameters():
                put(f"steps.{k}.net." + path, value, self.every)
            for path, value in floats():
                put(f"steps.{k}.net." + path, value)

    def train(self, net, start, make, x, label):
        net.load_state_dict(start)
        net.train()
        optimizer = make(list(net.parameters()))
        for _ in range(self.steps):
            optimizer.zero_grad()
            F.cross_entropy(net(x), label.long()).backward()
            optimizer.step()
        return [p.detach().double() for p in net.parameters()]
