"""Writes what PyTorch says primitives compute, and their gradients, in double precision.

    python primitives.py > ../resources/org/dlm/compiler/op/primitives.golden

A case is a primitive of the language with attributes, then a line for each input, the result, and the gradient of
sum(weight * result) to each f32 input, where weight i is sin(i + 1) + 0.1.
"""
import torch
import torch.nn.functional as F

torch.manual_seed(0)
torch.set_default_dtype(torch.float64)
inf = float("inf")


def show(value):
    if isinstance(value, str):
        return '"' + value.replace(" ", "~") + '"'
    return "null" if value is None else str(value).replace(" ", "").replace("True", "true").replace("False", "false")


def line(kind, tensor):
    tensor = tensor.detach()
    element = "f32" if tensor.is_floating_point() else "bool" if tensor.dtype == torch.bool else "i32"
    shape = " ".join(str(d) for d in tensor.shape)
    numbers = " ".join(repr(v) if isinstance(v, float) else str(int(v)) for v in tensor.flatten().tolist())
    print(f"{kind} {element} [{shape}] {numbers}".rstrip())


def case(primitive, function, inputs, **attributes):
    print("case", primitive, " ".join(f"{k}={show(v)}" for k, v in attributes.items()))
    inputs = [i.clone().requires_grad_() if i.is_floating_point() else i.clone() for i in inputs]
    for i in inputs:
        line("in", i)
    result = function(*inputs)
    line("out", result)
    if result.requires_grad:
        weight = torch.sin(torch.arange(result.numel()) + 1.0) + 0.1
        torch.sum(weight * result.flatten()).backward()
        for i in inputs:
            if i.is_floating_point():
                line("grad", i.grad if i.grad is not None else torch.zeros_like(i))
    print()


def r(*shape):
    return torch.randn(*shape)


special = torch.tensor([0.0, -0.5, 1.5, 2.5, -2.5, 3.0, -1e-3, 20.0, -20.0])
positive = torch.tensor([0.25, 1.0, 3.5, 1e-3, 40.0])
for name in ["neg", "abs", "sign", "floor", "round", "exp", "expm1", "sin", "cos", "tanh", "sigmoid", "erf"]:
    case(name, getattr(torch, name), [special])
for name in ["log", "log1p", "sqrt", "rsqrt"]:
    case(name, getattr(torch, name), [positive])

ties = [torch.tensor([1.0, 2.0, -3.0, 0.0]), torch.tensor([1.0, 1.0, 4.0, 0.0])]
case("max", torch.maximum, ties)
case("min", torch.minimum, ties)
case("pow", torch.pow, [torch.tensor([0.0, 0.0, 2.0, 1.5, 3.0]), torch.tensor([0.0, 2.0, 0.0, -2.5, 1.0])])
case("rem", torch.remainder, [torch.tensor([7.5, -7.5, 7.5, -7.5]), torch.tensor([2.0, 2.0, -2.0, -2.0])])
case("div", torch.div, [r(2, 3), r(3)])
case("lt", torch.lt, ties)
case("ge", torch.ge, ties)
case("ne", torch.ne, ties)
case("select", torch.where, [torch.tensor([True, False, True]), r(2, 3), r(3)])
case("int", lambda x: x.int(), [special])

x = r(3, 4, 2)
x[0, 1] = x[0, 0]
for name, function in [("sum", torch.sum), ("amax", torch.amax), ("amin", torch.amin)]:
    case(name, lambda x, f=function: f(x, (1, 2)), [x], axes=[1, -1])
    case(name, lambda x, f=function: f(x, (1,), keepdim=True), [x], axes=[1], keep=True)
case("prod", lambda x: torch.prod(x, 1), [torch.tensor([[1.5, 2.0, -1.0], [0.0, 3.0, 2.0], [0.0, 0.0, 2.0]])], axes=[1])
case("argmax", lambda x: torch.argmax(x, 1), [torch.tensor([[1.0, 3.0, 3.0], [2.0, inf, 5.0], [-inf, -inf, -inf]])], axis=1)
case("argmin", lambda x: torch.argmin(x, 0), [r(3, 4)], axis=0)
case("cumsum", lambda x: torch.cumsum(x, 1), [x], axis=1)

case("permute", lambda x: x.permute(2, 0, 1), [x], axes=[2, 0, 1])
case("transpose", lambda x: x.transpose(0, -1), [x], first=0, second=-1)
case("flatten", lambda x: x.flatten(1), [x], start=1, end=-1)
case("slice", lambda x: x[0:3, 1:4:2, 0:1], [x], start=[0, 1, 0], stop=[3, 4, 1], step=[1, 2, 1])
case("pad", lambda x: F.pad(x, (1, 2, -1, 1)), [r(3, 4)], low=[-1, 1], high=[1, 2])
case("concat", lambda a, b: torch.cat([a, b], 1), [r(2, 3), r(2, 1)], axis=1)
case("flip", lambda x: torch.flip(x, (0, 2)), [x], axes=[0, 2])

case("matmul", torch.matmul, [r(2, 3, 4), r(4, 5)])
case("einsum", lambda a, b: torch.einsum("nhic,nhjc->nhij", a, b), [r(2, 2, 3, 4), r(2, 2, 2, 4)],
     pattern="n h i c, n h j c -> n h i j")
case("einsum", lambda a, b: torch.einsum("ab,cb->ca", a, b), [r(2, 3), r(4, 3)], pattern="a b, c b -> c a")

case("conv1d", lambda x, w: F.conv1d(x, w, stride=2, padding=2, dilation=2), [r(2, 3, 9), r(2, 3, 3)], stride=2, padding=2,
     dilation=2)
case("conv2d", F.conv2d, [r(2, 2, 5, 4), r(3, 2, 3, 2)])
case("conv2d", lambda x, w: F.conv2d(x, w, stride=(2, 1), padding=(1, 2), groups=2), [r(2, 4, 5, 4), r(4, 2, 3, 3)],
     stride=[2, 1], padding=[1, 2], groups=2)
case("conv2d", lambda x, w: F.conv2d(F.pad(x, (2, 0, 0, 1)), w, stride=2), [r(1, 2, 5, 4), r(2, 2, 3, 3)], stride=2,
     padding=[0, 1, 2, 0])
case("conv3d", lambda x, w: F.conv3d(x, w, stride=2, padding=1), [r(1, 2, 3, 4, 3), r(2, 2, 2, 2, 2)], stride=2, padding=1)
case("conv_transpose1d", lambda x, w: F.conv_transpose1d(x, w, stride=3, dilation=2, groups=2), [r(2, 4, 3), r(4, 2, 2)],
     stride=3, dilation=2, groups=2)
case("conv_transpose2d", lambda x, w: F.conv_transpose2d(x, w, stride=2, padding=1, output_padding=1),
     [r(2, 3, 3, 2), r(3, 2, 3, 3)], stride=2, padding=1, output_padding=1)

tied = torch.tensor([[[1.0, 1.0, 0.0, 2.0, 2.0], [1.0, 1.0, 3.0, 3.0, 2.0], [0.0, -1.0, -1.0, 3.0, 4.0]]])
case("max_pool2d", lambda x: F.max_pool2d(x, 2), [tied], kernel=2)
case("max_pool2d", lambda x: F.max_pool2d(x, 3, 2, 1), [-1 - torch.rand(2, 3, 5, 5)], kernel=3, stride=2, padding=1)
case("max_pool2d", lambda x: F.max_pool2d(x, (2, 3), (1, 2), (1, 0), (2, 1)), [r(1, 2, 5, 6)], kernel=[2, 3], stride=[1, 2],
     padding=[1, 0], dilation=[2, 1])
case("max_pool1d", lambda x: F.max_pool1d(x, 3, 1), [tied], kernel=3, stride=1)
case("sum_pool2d", lambda x: F.avg_pool2d(x, 2) * 4, [r(2, 5, 4)], kernel=2)
case("sum_pool2d", lambda x: F.avg_pool2d(x, 3, 2, 1) * 9, [r(2, 5, 4)], kernel=3, stride=2, padding=1)

case("take", lambda t, i: F.embedding(i, t), [r(4, 3), torch.tensor([[3, 0], [3, 1]])])
case("pick", lambda x, i: torch.gather(x, 1, i[:, None])[:, 0], [r(3, 4), torch.tensor([2, 0, 3])])
