package corpus.prim
import a
import a.b as c
import a.b.{d, e,}
import a.b.*

//// A ruler, not documentation.

/// Every shape a declaration can take.
/// Second line.
#remat
#kernel("softmax", depth = 3)
layer Members(out: int, rate: float = 1.5e-3, names: str, sizes: int[] = [1, 2], w: init, f: fn, in: int = _) {
  require out > 0, "say \"why\"\t\u00e9"
  require in % 2 == 0
  const half: int = in / 2
  const k = 1_000 ** -2
  param weight: [out, in / 2, win(in, 3)] = uniform(-k, k)
  #frozen
  param bias: [out] = zeros
  buffer mean: [..., out] = zeros
  if out == 1 { first = relu } else if out == 2 { second = [relu] } else { third = [] }
  /// A stage.
  stage = [Linear(out), relu,]
  grad = Linear(1)
  with = 3
  train = as(in)
  prim = 3

  fn forward(x: [..., in], ids: i32[N], mask: bool[T, T]) -> (y: [..., out], [N], state: _) {
    a, _, b = split(x, 3, axis = -1)
    c: [N, d] = a
    mean := lerp(mean, c, 0.1)
    require T == S
    if training and not frozen or x < 3 { z = 1 } else if x >= 3 { z = 2 } else { z = 3 }
    hs, cs = for u, v in a, b along T {
      h = u + v
      yield h, u
    }
    for i in 0..<4 { h = h * i }
    for x in xs along 1 { yield x }
    return hs, (cs, b), x[:, 1:3, ..., -1, 2:, :4, :,]
  }

  fn shorthand(x: [N]) -> [N] = x |> relu |> [tanh, sigmoid] |> mean(axes = [0, 1], keep = true)
}

layer Chain = [Up(8 * base, stride = 1), [Conv2d(i * 2 ** j, 4) for i in 1..<4, _ in xs], ...]

layer Choice(n: int) = if n == 1 then relu else if n == 2 then tanh else [relu, tanh]

layer Empty {
}

optimizer Sgd(lr: float = 1e-3) {
  buffer velocity: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    velocity := g
    return p - lr * g @ g.weight
  }
}

fn win(n: int, k: int) -> int = floor((n + 2) / k) + 1
fn clip(x: [...], c: float) -> [...] = x
  grad (dy) = clamp(dy, -c, c), 0
fn block(x: [...]) -> [...] {
  return x
} grad (dy, dz) {
  return dy
}
prim fn take(table: [V, ...], ids: i32[...]) -> _
const pi: float = 3.14
const text = "a \\ b"

model Fixed = Members(out = 3) with N = 1, H = 224
model Whole {
  net = Chain()
  fn loss(x: [N]) -> [] = net(x) != 0.5 == (true, false)
}
train Trainer for corpus.Whole {
  rate = warmup(peak = 1e-3)
  optimizer = Adam()
}
