"""The zoo: every model restated in plain PyTorch, its number of parameters at full size, its numbers at a small one.

Modules are named as the zoo's layers, except where PATHS says otherwise.
"""
import math
import re
import zlib

import torch
import torch.nn as nn
import torch.nn.functional as F

from making import *


# ---------------------------------------------------------------- numbers that need not be stored

def filled(path, shape):
    """The same numbers in Java (Filled.java): spread as the path's last word and the shape ask for."""
    size = math.prod(shape)
    centre, bound = 0.0, 0.3
    if len(shape) > 1:
        bound = math.sqrt(3.0 / (size // shape[0]))
    elif path.endswith("weight"):
        centre, bound = 1.0, 0.25
    elif path.endswith("running_var"):
        centre, bound = 1.0, 0.5
    return (hashed(zlib.crc32(path.encode()), shape, 1.0).double() * bound + centre).float()


class Row:
    """Functions of a module: `functions` are called by name with the inputs they take."""

    def __init__(self, make, inputs, functions, prefix="", paths=(), grads=("loss",), modes=("eval", "train")):
        self.make, self.inputs, self.functions = make, inputs, functions
        self.prefix, self.paths, self.grads, self.modes = prefix, paths, grads, modes

    def path(self, name):
        for pattern, replacement in self.paths:
            name = re.sub(pattern, replacement, name)
        return self.prefix + name

    def __call__(self, put):
        module = self.make()
        inputs = {}
        for name, value in self.inputs.items():
            if isinstance(value, tuple):
                put("shape." + name, torch.tensor(value, dtype=torch.int32))
                value = filled(name, value) * 2
            else:
                put("input." + name, value)
            inputs[name] = value
        with torch.no_grad():
            for name, value in list(module.named_parameters()) + list(module.named_buffers()):
                if value.dtype == torch.float32:
                    value.copy_(filled(self.path(name), tuple(value.shape)))
        start = {k: v.clone() for k, v in module.state_dict().items()}
        for mode in self.modes:
            for name, (function, takes) in self.functions.items():
                module.load_state_dict(start)
                module.train(mode == "train")
                module.zero_grad()
                outs = function(module, *(inputs[t] for t in takes))
                for result, value in (outs if isinstance(outs, dict) else {"out": outs}).items():
                    put(f"{mode}.out.{name}.{result}", value)
                if name in self.grads:
                    outs.backward()
                    for path, value in module.named_parameters():
                        some(put, f"{mode}.grad.{name}.{self.path(path)}",
                             torch.zeros_like(value) if value.grad is None else value.grad)
                    for path, value in module.named_buffers():
                        if mode == "train" and value.dtype == torch.float32:
                            some(put, f"train.buffer.{name}.{self.path(path)}", value)


def some(put, key, value):
    put(key, value, max(1, value.numel() // 12) | 1)


def classifier(make, shape, classes, **more):
    return Row(make, {"x": shape, "label": ints(shape[0], below=classes)},
               {"forward": (lambda m, x: m(x), ("x",)),
                "loss": (lambda m, x, y: F.cross_entropy(m(x), y.long()), ("x", "label"))}, **more)


# ---------------------------------------------------------------- convolutional networks

class Basic(nn.Module):
    def __init__(self, c, out, stride):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(c, out, 3, stride, 1, bias=False), nn.BatchNorm2d(out)
        self.conv2, self.bn2 = nn.Conv2d(out, out, 3, 1, 1, bias=False), nn.BatchNorm2d(out)
        self.downsample = projection(c, out, stride)

    def forward(self, x):
        return F.relu(self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x))))) + self.downsample(x))


class Bottleneck(nn.Module):
    def __init__(self, c, out, stride):
        super().__init__()
        w = out // 4
        self.conv1, self.bn1 = nn.Conv2d(c, w, 1, bias=False), nn.BatchNorm2d(w)
        self.conv2, self.bn2 = nn.Conv2d(w, w, 3, stride, 1, bias=False), nn.BatchNorm2d(w)
        self.conv3, self.bn3 = nn.Conv2d(w, out, 1, bias=False), nn.BatchNorm2d(out)
        self.downsample = projection(c, out, stride)

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = F.relu(self.bn2(self.conv2(y)))
        return F.relu(self.bn3(self.conv3(y)) + self.downsample(x))


def projection(c, out, stride):
    if stride == 1 and c == out:
        return nn.Identity()
    return nn.Sequential(nn.Conv2d(c, out, 1, stride, bias=False), nn.BatchNorm2d(out))


class ResNet(nn.Module):
    def __init__(self, depths, bottleneck=False, width=64, classes=1000, small_images=False):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 3, 1, 1, bias=False) if small_images else nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.pool = nn.Identity() if small_images else nn.MaxPool2d(3, 2, 1)
        c, stages = width, []
        for s, depth in enumerate(depths):
            out = (4 * width if bottleneck else width) * 2 ** s
            blocks = []
            for i in range(depth):
                blocks.append((Bottleneck if bottleneck else Basic)(c, out, 2 if s > 0 and i == 0 else 1))
                c = out
            stages.append(nn.Sequential(*blocks))
        self.layer1, self.layer2, self.layer3, self.layer4 = stages
        self.fc = nn.Linear(c, classes)

    def forward(self, x):
        x = self.pool(F.relu(self.bn1(self.conv1(x))))
        x = self.layer4(self.layer3(self.layer2(self.layer1(x))))
        return self.fc(x.mean((2, 3)))


class AlexNet(nn.Module):
    def __init__(self, width=64, dense=4096, classes=1000, features=9216, p=0.5):
        super().__init__()
        w = width
        self.features = nn.Sequential(
            nn.Conv2d(3, w, 11, 4, 2), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Conv2d(w, 3 * w, 5, padding=2), nn.ReLU(), nn.MaxPool2d(3, 2),
            nn.Conv2d(3 * w, 6 * w, 3, padding=1), nn.ReLU(),
            nn.Conv2d(6 * w, 4 * w, 3, padding=1), nn.ReLU(),
            nn.Conv2d(4 * w, 4 * w, 3, padding=1), nn.ReLU(), nn.MaxPool2d(3, 2))
        self.classifier = nn.Sequential(
            nn.Dropout(p), nn.Linear(features, dense), nn.ReLU(),
            nn.Dropout(p), nn.Linear(dense, dense), nn.ReLU(), nn.Linear(dense, classes))

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


VGG11 = [64, 0, 128, 0, 256, 256, 0, 512, 512, 0, 512, 512, 0]
VGG16 = [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0]
VGG_SMALL = [64, 64, 0, 128, 128, 0, 256, 256, 0]


class Vgg(nn.Module):
    def __init__(self, widths, dense=(4096, 4096), classes=1000, norm=False, features=512 * 49, p=0.5):
        super().__init__()
        layers, c = [], 3
        for w in widths:
            if w == 0:
                layers.append(nn.MaxPool2d(2))
            else:
                layers += [nn.Conv2d(c, w, 3, padding=1, bias=not norm)] + [nn.BatchNorm2d(w)] * norm + [nn.ReLU()]
                c = w
        self.features = nn.Sequential(*layers)
        layers = []
        for d in dense:
            layers += [nn.Linear(features, d), nn.ReLU(), nn.Dropout(p)]
            features = d
        self.classifier = nn.Sequential(*layers, nn.Linear(features, classes))

    def forward(self, x):
        return self.classifier(self.features(x).flatten(1))


def conv_bn_relu6(c, out, kernel, stride=1, groups=1):
    return nn.Sequential(nn.Conv2d(c, out, kernel, stride, kernel // 2, groups=groups, bias=False), nn.BatchNorm2d(out),
                         nn.ReLU6())


class InvertedResidual(nn.Module):
    def __init__(self, c, out, stride, expand):
        super().__init__()
        wide = c * expand
        self.conv = nn.Sequential(*([] if expand == 1 else [conv_bn_relu6(c, wide, 1)]),
                                  conv_bn_relu6(wide, wide, 3, stride, wide), nn.Conv2d(wide, out, 1, bias=False),
                                  nn.BatchNorm2d(out))
        self.shortcut = stride == 1 and c == out

    def forward(self, x):
        return x + self.conv(x) if self.shortcut else self.conv(x)


class MobileNet(nn.Module):
    def __init__(self, thinner=1, classes=1000, counts=(1, 2, 3, 4, 3, 3, 1), p=0.2):
        super().__init__()
        c = 32 // thinner
        layers = [conv_bn_relu6(3, c, 3, 2)]
        for w, expand, count, stride in zip((16, 24, 32, 64, 96, 160, 320), (1, 6, 6, 6, 6, 6, 6), counts, (1, 2, 2, 2, 1, 2, 1)):
            for i in range(count):
                layers.append(InvertedResidual(c, w // thinner, stride if i == 0 else 1, expand))
                c = w // thinner
        self.features = nn.Sequential(*layers, conv_bn_relu6(c, 1280 // thinner, 1))
        self.classifier = nn.Sequential(nn.Dropout(p), nn.Linear(1280 // thinner, classes))

    def forward(self, x):
        return self.classifier(self.features(x).mean((2, 3)))


class ConvBnRelu(nn.Module):
    def __init__(self, c, out, kernel, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(c, out, kernel, stride, kernel // 2, bias=False)
        self.bn = nn.BatchNorm2d(out, eps=1e-3)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))


class Inception(nn.Module):
    def __init__(self, c, a, b1, b2, c1, c2, d):
        super().__init__()
        self.branch1 = ConvBnRelu(c, a, 1)
        self.branch2 = nn.Sequential(ConvBnRelu(c, b1, 1), ConvBnRelu(b1, b2, 3))
        self.branch3 = nn.Sequential(ConvBnRelu(c, c1, 1), ConvBnRelu(c1, c2, 3))
        self.branch4 = nn.Sequential(nn.MaxPool2d(3, 1, 1), ConvBnRelu(c, d, 1))

    def forward(self, x):
        return torch.cat([self.branch1(x), self.branch2(x), self.branch3(x), self.branch4(x)], 1)


INCEPTIONS = {
    "3a": (64, 96, 128, 16, 32, 32), "3b": (128, 128, 192, 32, 96, 64), "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64), "4c": (128, 128, 256, 24, 64, 64), "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128), "5a": (256, 160, 320, 32, 128, 128), "5b": (384, 192, 384, 48, 128, 128)}


class GoogLeNet(nn.Module):
    def __init__(self, thinner=1, classes=1000, p=0.2):
        super().__init__()
        self.conv1, self.conv2 = ConvBnRelu(3, 64 // thinner, 7, 2), ConvBnRelu(64 // thinner, 64 // thinner, 1)
        c = 192 // thinner
        self.conv3 = ConvBnRelu(64 // thinner, c, 3)
        for name, widths in INCEPTIONS.items():
            w = [v // thinner for v in widths]
            setattr(self, "inception" + name, Inception(c, *w))
            c = w[0] + w[2] + w[4] + w[5]
        self.drop, self.fc = nn.Dropout(p), nn.Linear(c, classes)

    def forward(self, x):
        half = lambda v, kernel=3: F.max_pool2d(v, kernel, 2, ceil_mode=True)
        x = half(self.conv3(self.conv2(half(self.conv1(x)))))
        x = half(self.inception3b(self.inception3a(x)))
        x = self.inception4e(self.inception4d(self.inception4c(self.inception4b(self.inception4a(x)))))
        x = self.inception5b(self.inception5a(half(x, 2)))
        return self.fc(self.drop(x.mean((2, 3))))


class DenseLayer(nn.Module):
    def __init__(self, c, growth, widen=4):
        super().__init__()
        self.norm1, self.conv1 = nn.BatchNorm2d(c), nn.Conv2d(c, widen * growth, 1, bias=False)
        self.norm2, self.conv2 = nn.BatchNorm2d(widen * growth), nn.Conv2d(widen * growth, growth, 3, padding=1, bias=False)

    def forward(self, x):
        return torch.cat([x, self.conv2(F.relu(self.norm2(self.conv1(F.relu(self.norm1(x))))))], 1)


class Transition(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.norm, self.conv = nn.BatchNorm2d(c), nn.Conv2d(c, c // 2, 1, bias=False)

    def forward(self, x):
        return F.avg_pool2d(self.conv(F.relu(self.norm(x))), 2)


class DenseNet(nn.Module):
    """torchvision's names, with the numbers of blocks and layers as lists have them."""

    def __init__(self, depths, growth=32, stem=64, classes=1000):
        super().__init__()
        self.conv0, self.norm0 = nn.Conv2d(3, stem, 7, 2, 3, bias=False), nn.BatchNorm2d(stem)
        c = stem
        for b, depth in enumerate(depths):
            setattr(self, f"denseblock{b + 1}", nn.Sequential(*[DenseLayer(c + i * growth, growth) for i in range(depth)]))
            c += depth * growth
            if b < len(depths) - 1:
                setattr(self, f"transition{b + 1}", Transition(c))
                c //= 2
        self.norm5, self.classifier = nn.BatchNorm2d(c), nn.Linear(c, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.norm0(self.conv0(x))), 3, 2, 1)
        x = self.transition3(self.denseblock3(self.transition2(self.denseblock2(self.transition1(self.denseblock1(x))))))
        return self.classifier(F.relu(self.norm5(self.denseblock4(x))).mean((2, 3)))


class UNet(nn.Module):
    def __init__(self, width=32, classes=2, channels=3):
        super().__init__()
        def two(i, o):
            return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.ReLU(), nn.Conv2d(o, o, 3, padding=1), nn.ReLU())
        w = width
        self.d1, self.d2, self.mid = two(channels, w), two(w, 2 * w), two(2 * w, 4 * w)
        self.u2, self.c2 = nn.ConvTranspose2d(4 * w, 2 * w, 2, 2), two(4 * w, 2 * w)
        self.u1, self.c1, self.head = nn.ConvTranspose2d(2 * w, w, 2, 2), two(2 * w, w), nn.Conv2d(w, classes, 1)

    def forward(self, x):
        a = self.d1(x)
        b = self.d2(F.max_pool2d(a, 2))
        y = self.c2(torch.cat([self.u2(self.mid(F.max_pool2d(b, 2))), b], 1))
        return self.head(self.c1(torch.cat([self.u1(y), a], 1)))


def generator(widths, channels=3, noise=100):
    layers, c = [], noise
    for i, w in enumerate(widths):
        layers += [nn.ConvTranspose2d(c, w, 4, 1 if i == 0 else 2, 0 if i == 0 else 1, bias=False), nn.BatchNorm2d(w), nn.ReLU()]
        c = w
    return nn.Sequential(*layers, nn.ConvTranspose2d(c, channels, 4, 2, 1, bias=False), nn.Tanh())


def discriminator(widths, channels=3):
    layers, c = [], channels
    for i, w in enumerate(widths):
        layers += [nn.Conv2d(c, w, 4, 2, 1, bias=False)] + [nn.BatchNorm2d(w)] * (i > 0) + [nn.LeakyReLU(0.2)]
        c = w
    return nn.Sequential(*layers, nn.Conv2d(c, 1, 4, bias=False), nn.Flatten())


class Dcgan(nn.Module):
    def __init__(self, widths):
        super().__init__()
        self.g, self.d = generator(widths), discriminator(widths[::-1])


class ConvCoder(nn.Module):
    def __init__(self, width=16, code=32):
        super().__init__()
        w = self.width = width
        self.encoder = nn.Sequential(nn.Conv2d(1, w, 3, 2, 1), nn.ReLU(), nn.Conv2d(w, 2 * w, 3, 2, 1), nn.ReLU(), nn.Flatten(),
                                     nn.Linear(98 * w, code))
        self.dense = nn.Linear(code, 98 * w)
        self.decoder = nn.Sequential(nn.ConvTranspose2d(2 * w, w, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(w, 1, 4, 2, 1), nn.Sigmoid())

    def decode(self, z):
        return self.decoder(F.relu(self.dense(z)).reshape(-1, 2 * self.width, 7, 7))

    def forward(self, x):
        return self.decode(self.encoder(x))


class Vae(nn.Module):
    def __init__(self, hidden=400, code=20, pixels=784):
        super().__init__()
        self.fc1, self.fc21, self.fc22 = nn.Linear(pixels, hidden), nn.Linear(hidden, code), nn.Linear(hidden, code)
        self.fc3, self.fc4 = nn.Linear(code, hidden), nn.Linear(hidden, pixels)

    def encode(self, x):
        h = F.relu(self.fc1(x))
        return {"mean": self.fc21(h), "log_variance": self.fc22(h)}

    def decode(self, z):
        return self.fc4(F.relu(self.fc3(z)))

    def bound(self, x, noise):
        m, s = self.encode(x).values()
        y = self.decode(m + noise * torch.exp(0.5 * s))
        rebuilt = F.binary_cross_entropy_with_logits(y, x, reduction="sum")
        return (rebuilt - 0.5 * torch.sum(1 + s - m.pow(2) - s.exp())) / len(x)


# ---------------------------------------------------------------- attention

def attend(q, k, v, heads, mask=None, causal=False):
    n, t, d = q.shape
    q, k, v = (y.view(n, -1, heads, d // heads).transpose(1, 2) for y in (q, k, v))
    return F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=causal).transpose(1, 2).reshape(n, t, d)


class GptMiniBlock(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads, self.n1, self.n2 = heads, nn.LayerNorm(d), nn.LayerNorm(d)
        self.attn = nn.ModuleDict({"qkv": nn.Linear(d, 3 * d), "o": nn.Linear(d, d)})
        self.up, self.down = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)

    def forward(self, x):
        q, k, v = self.attn["qkv"](self.n1(x)).chunk(3, 2)
        x = x + self.attn["o"](attend(q, k, v, self.heads, causal=True))
        return x + self.down(F.gelu(self.up(self.n2(x))))


class GptMini(nn.Module):
    def __init__(self, vocabulary=96, context=64, d=128, heads=4, depth=4):
        super().__init__()
        self.e, self.p = nn.Embedding(vocabulary, d), nn.Embedding(context, d)
        self.blocks = nn.Sequential(*[GptMiniBlock(d, heads) for _ in range(depth)])
        self.n, self.h = nn.LayerNorm(d), nn.Linear(d, vocabulary, bias=False)

    def forward(self, ids):
        return self.h(self.n(self.blocks(self.e(ids) + self.p(torch.arange(ids.shape[1])))))


class Conv1D(nn.Module):
    def __init__(self, i, o):
        super().__init__()
        self.weight, self.bias = nn.Parameter(torch.empty(i, o)), nn.Parameter(torch.empty(o))

    def forward(self, x):
        return x @ self.weight + self.bias


class GptBlock(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads, self.ln_1, self.ln_2 = heads, nn.LayerNorm(d), nn.LayerNorm(d)
        self.attn = nn.ModuleDict({"c_attn": Conv1D(d, 3 * d), "c_proj": Conv1D(d, d)})
        self.mlp = nn.ModuleDict({"c_fc": Conv1D(d, 4 * d), "c_proj": Conv1D(4 * d, d)})

    def forward(self, x):
        q, k, v = self.attn["c_attn"](self.ln_1(x)).chunk(3, 2)
        x = x + self.attn["c_proj"](attend(q, k, v, self.heads, causal=True))
        return x + self.mlp["c_proj"](F.gelu(self.mlp["c_fc"](self.ln_2(x)), approximate="tanh"))


class Gpt(nn.Module):
    def __init__(self, vocabulary, context=1024, d=768, heads=12, depth=12):
        super().__init__()
        self.wte, self.wpe = nn.Embedding(vocabulary, d), nn.Embedding(context, d)
        self.h = nn.Sequential(*[GptBlock(d, heads) for _ in range(depth)])
        self.ln_f = nn.LayerNorm(d)

    def forward(self, ids):
        x = self.ln_f(self.h(self.wte(ids) + self.wpe(torch.arange(ids.shape[1]))))
        return x @ self.wte.weight.T


class BertBlock(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads = heads
        self.attention = nn.ModuleDict({k: nn.Linear(d, d) for k in ("query", "key", "value", "dense")})
        self.intermediate, self.output = nn.Linear(d, 4 * d), nn.Linear(4 * d, d)
        self.norm1, self.norm2 = nn.LayerNorm(d, eps=1e-12), nn.LayerNorm(d, eps=1e-12)

    def forward(self, x, mask):
        a = self.attention
        y = a["dense"](attend(a["query"](x), a["key"](x), a["value"](x), self.heads, mask[:, None, None, :]))
        y = self.norm1(x + y)
        return self.norm2(y + self.output(F.gelu(self.intermediate(y))))


class Bert(nn.Module):
    def __init__(self, vocabulary=30522, context=512, d=768, heads=12, depth=12):
        super().__init__()
        self.words, self.positions, self.segments = nn.Embedding(vocabulary, d), nn.Embedding(context, d), nn.Embedding(2, d)
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.blocks = nn.ModuleList([BertBlock(d, heads) for _ in range(depth)])
        self.pooler = nn.Linear(d, d)

    def encode(self, ids, segment, mask):
        x = self.norm(self.words(ids) + self.positions(torch.arange(ids.shape[1])) + self.segments(segment))
        for block in self.blocks:
            x = block(x, mask > 0)
        return x

    def forward(self, ids, segment, mask):
        x = self.encode(ids, segment, mask)
        return {"hidden": x, "pooled": torch.tanh(self.pooler(x[:, 0]))}

    def loss(self, ids, segment, mask, token, hidden):
        y = self.encode(ids, segment, mask) @ self.words.weight.T
        return F.cross_entropy(y[hidden > 0], token[hidden > 0].long())


class ViTBlock(nn.Module):
    def __init__(self, d, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(d, eps=1e-6), nn.LayerNorm(d, eps=1e-6)
        self.attn = nn.ModuleDict({"qkv": nn.Linear(d, 3 * d), "proj": nn.Linear(d, d)})
        self.mlp = nn.ModuleDict({"fc1": nn.Linear(d, 4 * d), "fc2": nn.Linear(4 * d, d)})

    def forward(self, x):
        q, k, v = self.attn["qkv"](self.norm1(x)).chunk(3, 2)
        x = x + self.attn["proj"](attend(q, k, v, self.heads))
        return x + self.mlp["fc2"](F.gelu(self.mlp["fc1"](self.norm2(x))))


class ViT(nn.Module):
    def __init__(self, size=224, patch=16, d=192, heads=3, depth=12, classes=1000):
        super().__init__()
        count = (size // patch) ** 2
        self.cls_token, self.pos_embed = nn.Parameter(torch.empty(1, 1, d)), nn.Parameter(torch.empty(1, count + 1, d))
        self.patch_embed = nn.ModuleDict({"proj": nn.Conv2d(3, d, patch, patch)})
        self.blocks = nn.Sequential(*[ViTBlock(d, heads) for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(d, eps=1e-6), nn.Linear(d, classes)

    def forward(self, x):
        y = self.patch_embed["proj"](x).flatten(2).transpose(1, 2)
        y = torch.cat([self.cls_token.expand(len(x), -1, -1), y], 1) + self.pos_embed
        return self.head(self.norm(self.blocks(y))[:, 0])


# ---------------------------------------------------------------- recurrent networks, translation

class CharReader(nn.Module):
    def __init__(self, cell, vocabulary=96, d=128, hidden=256, layers=1):
        super().__init__()
        self.e, self.r = nn.Embedding(vocabulary, d), cell(d, hidden, layers, batch_first=True)
        self.h = nn.Linear(hidden, vocabulary)

    def forward(self, ids):
        return self.h(self.r(self.e(ids))[0])


class Translator(nn.Module):
    def __init__(self, source, target, d=256, hidden=256):
        super().__init__()
        self.source_words, self.target_words = nn.Embedding(source, d), nn.Embedding(target, d)
        self.encoder = nn.GRU(d, hidden, batch_first=True, bidirectional=True)
        self.start, self.score = nn.Linear(2 * hidden, hidden), nn.Linear(2 * hidden, hidden, bias=False)
        self.decoder, self.head = nn.GRUCell(d + 2 * hidden, hidden), nn.Linear(3 * hidden, target)

    def forward(self, text, words):
        memory = self.encoder(self.source_words(text))[0]
        keys, h, states = self.score(memory), torch.tanh(self.start(memory[:, 0])), []
        for word in self.target_words(words).unbind(1):
            share = torch.softmax((keys @ h[:, :, None])[:, :, 0], 1)
            seen = (share[:, None] @ memory)[:, 0]
            h = self.decoder(torch.cat([word, seen], 1), h)
            states.append(torch.cat([h, seen], 1))
        return self.head(torch.stack(states, 1))


class Transformer(nn.Module):
    def __init__(self, vocabulary, d=512, heads=8, depth=6, feedforward=2048):
        super().__init__()
        self.d, self.words = d, nn.Embedding(vocabulary, d)
        self.encoder = nn.ModuleList(
            [nn.TransformerEncoderLayer(d, heads, feedforward, batch_first=True) for _ in range(depth)])
        self.decoder = nn.ModuleList(
            [nn.TransformerDecoderLayer(d, heads, feedforward, batch_first=True) for _ in range(depth)])

    def embed(self, ids):
        t = ids.shape[1]
        angle = torch.arange(t)[:, None] * 10000.0 ** (-2 * torch.arange(self.d // 2) / self.d)
        return self.words(ids) * self.d ** 0.5 + torch.stack([torch.sin(angle), torch.cos(angle)], 2).flatten(1)

    def forward(self, text, target):
        memory, y = self.embed(text), self.embed(target)
        for layer in self.encoder:
            memory = layer(memory)
        future = nn.Transformer.generate_square_subsequent_mask(target.shape[1])
        for layer in self.decoder:
            y = layer(y, memory, tgt_mask=future)
        return y @ self.words.weight.T


# ---------------------------------------------------------------- what is written

def suite_mlp():
    return nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU(), nn.Linear(256, 10))


def suite_lenet5():
    return nn.Sequential(nn.Conv2d(1, 6, 5, padding=2), nn.Conv2d(6, 16, 5), nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10))


# Models at full size, by the names of the zoo: `parameters.txt` has their numbers of parameters.
FULL_SIZE = {
    "AlexNet": AlexNet,
    "BertBase": Bert,
    "CharGru": lambda: CharReader(nn.GRU, hidden=192, layers=2),
    "CharLstm": lambda: CharReader(nn.LSTM),
    "CharRnn": lambda: CharReader(nn.RNN),
    "ConvAutoencoder": ConvCoder,
    "Dcgan": lambda: Dcgan([512, 256, 128, 64]),
    "Dcgan.d": lambda: discriminator([64, 128, 256, 512]),
    "Dcgan.g": lambda: generator([512, 256, 128, 64]),
    "DcganDiscriminator": lambda: discriminator([64, 128, 256]),
    "DcganGenerator": lambda: generator([256, 128, 64]),
    "DenseNet121": lambda: DenseNet([6, 12, 24, 16]),
    "GoogLeNet": GoogLeNet,
    "Gpt2Small": lambda: Gpt(50257),
    "GptMini": GptMini,
    "LeNet5": suite_lenet5,
    "Mlp": suite_mlp,
    "MobileNetV2": MobileNet,
    "ResNet18": lambda: ResNet([2, 2, 2, 2]),
    "ResNet18Cifar": lambda: ResNet([2, 2, 2, 2], classes=10, small_images=True),
    "ResNet34": lambda: ResNet([3, 4, 6, 3]),
    "ResNet50": lambda: ResNet([3, 4, 6, 3], bottleneck=True),
    "Seq2Seq": lambda: Translator(8000, 8000),
    "TransformerBase": lambda: Transformer(37000),
    "UNetSmall": UNet,
    "Vae": Vae,
    "Vgg11": lambda: Vgg(VGG11),
    "Vgg16": lambda: Vgg(VGG16),
    "VggSmall": lambda: Vgg(VGG_SMALL, (256,), 10, True, 256 * 16),
    "ViTTiny": ViT,
}


def parameter_counts():
    with torch.device("meta"):
        return [f"{name} {sum(p.numel() for p in make().parameters()):,}" for name, make in FULL_SIZE.items()]


def language_model(make, n, t, vocabulary):
    return Row(make, {"ids": ints(n, t, below=vocabulary), "next": ints(n, t, below=vocabulary)},
               {"forward": (lambda m, ids: m(ids), ("ids",)),
                "loss": (lambda m, ids, y: F.cross_entropy(m(ids).flatten(0, 1), y.long().flatten()), ("ids", "next"))},
               modes=("eval",))


def translation(make, names, n, s, t, vocabulary, smoothing=0.0):
    text, target = names
    return Row(make, {text: ints(n, s, below=vocabulary), target: ints(n, t, below=vocabulary),
                      "next": ints(n, t, below=vocabulary)},
               {"forward": (lambda m, x, y: m(x, y), names),
                "loss": (lambda m, x, y, z: F.cross_entropy(m(x, y).flatten(0, 1), z.long().flatten(),
                                                            label_smoothing=smoothing), (*names, "next"))},
               modes=("eval",))


TABLES = {"zoo": {
    "alexnet": classifier(lambda: AlexNet(2, 12, 5, 8), (2, 3, 63, 63), 5, modes=("eval",)),
    "vgg": classifier(lambda: Vgg([3, 0, 4, 5, 0], (7, 6), 5, features=20), (2, 3, 8, 8), 5, modes=("eval",)),
    "vgg_norm": classifier(lambda: Vgg([3, 4, 0, 5, 0], (), 5, True, 20), (3, 3, 8, 8), 5),
    "resnet_basic": classifier(lambda: ResNet([2, 1, 1, 2], False, 3, 5), (2, 3, 64, 64), 5),
    "resnet_bottleneck": classifier(lambda: ResNet([1, 2, 1, 1], True, 2, 5), (2, 3, 64, 64), 5),
    "resnet_small_images": classifier(lambda: ResNet([1, 1, 1, 1], False, 4, 5, True), (3, 3, 16, 16), 5),
    "mobilenet": classifier(lambda: MobileNet(8, 5, (1, 2, 1, 1, 1, 1, 1), 0.0), (2, 3, 64, 64), 5, modes=("eval",)),
    "inverted_residual": layer(lambda: InvertedResidual(4, 4, 1, 3), lambda: normal(2, 4, 5, 5)),
    "googlenet": classifier(lambda: GoogLeNet(8, 5, 0.0), (2, 3, 60, 70), 5, modes=("eval",)),
    "inception": layer(lambda: Inception(5, 2, 3, 4, 2, 3, 2), lambda: normal(2, 5, 6, 7)),
    "densenet": classifier(lambda: DenseNet([2, 1, 2, 1], 3, 4, 5), (2, 3, 64, 64), 5),
    "unet": Row(lambda: UNet(3, 4, 2), {"x": (2, 2, 8, 12), "label": ints(2, 8, 12, below=4)},
                {"forward": (lambda m, x: m(x), ("x",)),
                 "loss": (lambda m, x, y: F.cross_entropy(m(x), y.long()), ("x", "label"))}, modes=("eval",)),
    "generator": layer(lambda: generator([5, 4], 3, 6), lambda: normal(3, 6, 1, 1)),
    "discriminator": layer(lambda: discriminator([3, 4], 2), lambda: normal(3, 2, 16, 16)),
    "autoencoder": Row(lambda: ConvCoder(2, 5), {"x": (2, 1, 28, 28), "z": (3, 5)},
                       {"encode": (lambda m, x: m.encoder(x), ("x",)), "decode": (lambda m, z: m.decode(z), ("z",)),
                        "forward": (lambda m, x: m(x), ("x",)), "loss": (lambda m, x: F.mse_loss(m(x), x), ("x",))}, modes=("eval",)),
    "vae": Row(lambda: Vae(9, 4, 20), {"x": (3, 20), "noise": (3, 4)},
               {"encode": (lambda m, x: m.encode(x), ("x",)),
                "forward": (lambda m, x: torch.sigmoid(m.decode(m.encode(x)["mean"])), ("x",)),
                "bound": (Vae.bound, ("x", "noise"))}, grads=("bound",), modes=("eval",)),
    "gpt_mini": language_model(lambda: GptMini(11, 9, 12, 3, 2), 2, 7, 11),
    "gpt2": language_model(lambda: Gpt(11, 9, 12, 3, 2), 2, 7, 11),
    "bert": Row(lambda: Bert(11, 9, 12, 3, 2),
                {"ids": ints(2, 7, below=11), "segment": ints(2, 7, below=2), "token": ints(2, 7, below=11),
                 "mask": torch.tensor([[1] * 7, [1, 1, 1, 1, 0, 0, 0]], dtype=torch.int32),
                 "hidden": torch.tensor([[0, 1, 0, 0, 1, 0, 0], [0, 0, 1, 0, 0, 0, 0]], dtype=torch.int32)},
                {"forward": (lambda m, *a: m(*a), ("ids", "segment", "mask")),
                 "loss": (Bert.loss, ("ids", "segment", "mask", "token", "hidden"))}, modes=("eval",)),
    "char_rnn": language_model(lambda: CharReader(nn.RNN, 11, 5, 6, 2), 2, 7, 11),
    "char_lstm": language_model(lambda: CharReader(nn.LSTM, 11, 5, 6), 2, 7, 11),
    "char_gru": language_model(lambda: CharReader(nn.GRU, 11, 5, 6, 2), 2, 7, 11),
    "seq2seq": translation(lambda: Translator(11, 9, 5, 6), ("text", "words"), 2, 7, 5, 9),
    "transformer": translation(lambda: Transformer(11, 12, 3, 2, 14), ("text", "target"), 2, 7, 5, 11, 0.1),
    "vit": classifier(lambda: ViT(12, 4, 12, 3, 2, 5), (2, 3, 12, 12), 5, modes=("eval",)),
}}
METADATA = {"zoo": {"filled": "by path"}}

PICTURE = (1, 3, 224, 224)
# What the largest models answer at full size, with one example.
FULL_ROWS = {name: classifier(FULL_SIZE[name], PICTURE, 1000, modes=("eval",)) for name in (
    "AlexNet", "Vgg11", "Vgg16", "ResNet18", "ResNet34", "ResNet50", "MobileNetV2", "GoogLeNet", "DenseNet121", "ViTTiny")}
FULL_ROWS |= {
    "Gpt2Small": language_model(FULL_SIZE["Gpt2Small"], 1, 32, 50257),
    "BertBase": Row(FULL_SIZE["BertBase"],
                    {"ids": ints(1, 32, below=30522), "segment": ints(1, 32, below=2), "token": ints(1, 32, below=30522),
                     "mask": torch.ones(1, 32, dtype=torch.int32), "hidden": ints(1, 32, below=2)},
                    {"forward": (lambda m, *a: m(*a), ("ids", "segment", "mask")),
                     "loss": (Bert.loss, ("ids", "segment", "mask", "token", "hidden"))}, modes=("eval",)),
    "TransformerBase": translation(FULL_SIZE["TransformerBase"], ("text", "target"), 1, 32, 32, 37000, 0.1),
    "Seq2Seq": translation(FULL_SIZE["Seq2Seq"], ("text", "words"), 1, 32, 32, 8000),
}


def full_size():
    """A line for each tensor: model, key, shape, numbers. Inputs are whole or computed as Filled.java does; of results some
    elements are kept, of the gradient of every eighth parameter its length."""
    lines = []
    for name, row in FULL_ROWS.items():
        gradients = []

        def put(key, value, every=1):
            shape = "x".join(map(str, value.shape)) or "-"
            value = value.detach().flatten()
            if ".grad." in key:
                gradients.append(f"{name} {key} {shape} {value.double().norm():.7g}")
                return
            kept = value if "." not in key or not key.startswith("eval") else value[::max(1, len(value) // 16) | 1]
            lines.append(f"{name} {key} {shape} " + " ".join(f"{v:.7g}" if v.is_floating_point() else str(int(v)) for v in kept))

        row(put)
        lines.extend(gradients[::8])
    return lines


TEXTS = {"parameters": parameter_counts, "full_size": full_size}
