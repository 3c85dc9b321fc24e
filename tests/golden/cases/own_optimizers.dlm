package golden

/// Divides by how far gradients are from what was expected (Zhuang et al., 2020).
optimizer AdaBelief(lr: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8) {
  require lr >= 0
  require beta1 >= 0 and beta1 < 1
  require beta2 >= 0 and beta2 < 1
  buffer m: [...] = zeros
  buffer s: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    m1 = beta1 * m + (1 - beta1) * g
    s1 = beta2 * s + (1 - beta2) * square(g - m1) + eps
    m := m1
    s := s1
    return p - lr * (m1 / (1 - beta1 ** step)) / (sqrt(s1 / (1 - beta2 ** step)) + eps)
  }
}

/// Rates that follow from the norms of a parameter and its gradient (You et al., 2017), reached over the first steps.
optimizer Lars(lr: float = 0.1, momentum: float = 0.9, trust: float = 0.02, warmup: float = 10.0) {
  require warmup >= 1, "the number of steps until the full rate"
  buffer velocity: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    rate = lr * min(1.0, step / warmup)
    local = trust * sqrt(sum(p * p)) / (sqrt(sum(g * g)) + 1e-8)
    v = momentum * velocity + rate * local * g
    velocity := v
    return p - v
  }
}

/// Trained for 50 steps by rules of its own file.
model OwnOptimizers {
  net = [Linear(9), tanh, Linear(5)]

  fn forward(x: [N, 6]) -> [N, 5] = net(x)
  fn loss(x: [N, 6], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
}
