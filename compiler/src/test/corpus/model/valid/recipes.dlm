package corpus

/// A rule of the file's own.
optimizer Mine(lr: float = 0.1, weight_decay: float = 0.0, careful: bool = false) {
  require lr >= 0
  if careful { buffer size: [...] = zeros }
  fn update(p: [...], g: [...], step: int) -> [...] {
    if careful { size := max(size, abs(g)) }
    s = if careful then max(size, abs(g)) else sqrt(mean(g * g))
    return p * (1 - lr * weight_decay) - lr * g / (s + 1e-8)
  }
}

const start = 1e-2

fn slower(step: [], rate: float, steps: []) -> [] = rate * sqrt(1 - step / (steps + 1))

model Net {
  net = [Linear(3), relu, Linear(2)]
  fn loss(x: [N, 4], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
  fn hits(x: [N, 4], label: i32[N]) -> [] = accuracy(net(x), label)
}

train Everything for Net {
  objective  = loss
  metrics    = [hits]
  data       = "augment=crop(2)+rotate(10),normalize=yes"
  optimizer  = Mine(weight_decay = 0.1, careful = true)
  decay      = ["*.weight"]
  groups     = [group("net.0", rate = 0.5, weight_decay = 0.0), group("*.bias")]
  rate       = slower(2 * start)
  batch      = 16
  epochs     = 3
  clip_norm  = 1.0
  clip_value = 0.5
  accumulate = 2
  average    = 0.99
  seed       = -3
}

train Plateau for Net { rate = reduce_on_plateau(0.1) batch = "all" steps = 100 }

train Inline for Net { rate = start / (1 + epoch_steps) }

train Nothing for corpus.Net {}

model Pair {
  g = Linear(3)
  d = Linear(1)
  #train("d") fn loss_d(x: [N, 3]) -> [] = mean(d(stop(g(x)))) - mean(d(x))
  #train("g") fn loss_g(x: [N, 3]) -> [] = -mean(d(g(x)))
}

train Turns for Pair {
  objective = [loss_d, loss_g]
  optimizer = Mine
  groups    = [group("d", rate = 0.5)]
  best      = lowest(loss_g)
  accumulate = 1
}

#allow("W908")
train OnlyOne for Pair { objective = loss_d }

train Nested for Net { rate = min(cosine(0.1), warmup_cosine(peak = 0.1, warmup = 5)) * slower(0.5, steps = 2 * steps) }

train Bare for Net { rate = falling }

fn falling(step: [], epoch_steps: []) -> [] = exponential_fall(0.5) / (step + epoch_steps)

fn exponential_fall(rate: []) -> [] = rate * 0.5
