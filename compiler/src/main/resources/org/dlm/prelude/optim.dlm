/*
 * Optimizers. Names, defaults, order of operations and the place of epsilon follow PyTorch's optimizer of the same name.
 * Hyper-parameters are numbers that may change from step to step, those of type bool choose between variants of the code;
 * `step` counts from 1. Lines that depend on hyper-parameters and `step` only are computed once a step, in double precision.
 */
package dlm.optim

/// Gradient descent, with momentum, dampening, Nesterov's variant and weight decay on request.
/// torch torch.optim.SGD
/// run SGD(lr = 0.5) -> [0.5, 2.5] with p = [1, 2], g = [1, -1]
optimizer SGD(lr: float = 1e-3, momentum: float = 0.0, dampening: float = 0.0, weight_decay: float = 0.0,
              nesterov: bool = false) {
  require lr >= 0
  require momentum >= 0
  require weight_decay >= 0
  require not nesterov or momentum > 0 and dampening == 0, "momentum > 0 and dampening = 0 for nesterov"
  buffer velocity: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = g + weight_decay * p
    // The first step starts the velocity with the whole gradient; without momentum it is not damped either.
    v = select(step == 1 or momentum == 0, d, momentum * velocity + (1 - dampening) * d)
    velocity := v
    return p - lr * (if nesterov then d + momentum * v else v)
  }
}

/// Adam (Kingma and Ba, 2015) with bias correction; `amsgrad` divides by the largest second moment so far.
/// torch torch.optim.Adam
/// run Adam(lr = 0.1) -> [0.9000, 2.1000] with p = [1, 2], g = [1, -3]
optimizer Adam(lr: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8, weight_decay: float = 0.0,
               amsgrad: bool = false) {
  require lr >= 0
  require eps >= 0
  require beta1 >= 0 and beta1 < 1
  require beta2 >= 0 and beta2 < 1
  require weight_decay >= 0
  buffer m: [...] = zeros
  buffer v: [...] = zeros
  if amsgrad { buffer v_max: [...] = zeros }
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = g + weight_decay * p
    m1 = m + (1 - beta1) * (d - m)
    v1 = beta2 * v + (1 - beta2) * d * d
    m := m1
    v := v1
    if amsgrad { v_max := max(v_max, v1) }
    size = if amsgrad then max(v_max, v1) else v1
    return p - lr / (1 - beta1 ** step) * (m1 / (sqrt(size) * rsqrt(1 - beta2 ** step) + eps))
  }
}

/// Adam whose weight decay does not pass through the moments (Loshchilov and Hutter, 2019).
/// torch torch.optim.AdamW
/// run AdamW(lr = 0.1) -> [0.8990, 2.0980] with p = [1, 2], g = [1, -3]
optimizer AdamW(lr: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8, weight_decay: float = 0.01,
                amsgrad: bool = false) {
  require lr >= 0
  require eps >= 0
  require beta1 >= 0 and beta1 < 1
  require beta2 >= 0 and beta2 < 1
  require weight_decay >= 0
  buffer m: [...] = zeros
  buffer v: [...] = zeros
  if amsgrad { buffer v_max: [...] = zeros }
  fn update(p: [...], g: [...], step: int) -> [...] {
    m1 = m + (1 - beta1) * (g - m)
    v1 = beta2 * v + (1 - beta2) * g * g
    m := m1
    v := v1
    if amsgrad { v_max := max(v_max, v1) }
    size = if amsgrad then max(v_max, v1) else v1
    return p * (1 - lr * weight_decay) - lr / (1 - beta1 ** step) * (m1 / (sqrt(size) * rsqrt(1 - beta2 ** step) + eps))
  }
}

/// Adam with the largest gradient of late, decayed, in place of the second moment (Kingma and Ba, 2015).
/// torch torch.optim.Adamax
/// run Adamax(lr = 0.1) -> [0.9000, 2.1000] with p = [1, 2], g = [1, -3]
optimizer Adamax(lr: float = 2e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8, weight_decay: float = 0.0) {
  require lr >= 0
  require eps >= 0
  require beta1 >= 0 and beta1 < 1
  require beta2 >= 0 and beta2 < 1
  require weight_decay >= 0
  buffer m: [...] = zeros
  buffer largest: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = g + weight_decay * p
    m1 = m + (1 - beta1) * (d - m)
    u = max(beta2 * largest, abs(d) + eps)
    m := m1
    largest := u
    return p - lr / (1 - beta1 ** step) * (m1 / u)
  }
}

/// Adam with Nesterov's momentum, which is warmed up (Dozat, 2016).
/// torch torch.optim.NAdam
/// run NAdam(lr = 0.1) -> [0.8944, 2.1056] with p = [1, 2], g = [1, -3]
optimizer NAdam(lr: float = 2e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8, weight_decay: float = 0.0,
                momentum_decay: float = 4e-3, decoupled_weight_decay: bool = false) {
  require lr >= 0
  require eps >= 0
  require beta1 >= 0 and beta1 < 1
  require beta2 >= 0 and beta2 < 1
  require weight_decay >= 0
  require momentum_decay >= 0
  buffer m: [...] = zeros
  buffer v: [...] = zeros
  // The product of the momenta of all steps; it has no closed form, and is the same for all numbers.
  buffer mu_product: [...] = ones
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = if decoupled_weight_decay then g else g + weight_decay * p
    start = if decoupled_weight_decay then p * (1 - lr * weight_decay) else p
    mu = beta1 * (1 - 0.5 * 0.96 ** (step * momentum_decay))
    mu_next = beta1 * (1 - 0.5 * 0.96 ** ((step + 1) * momentum_decay))
    product = mu_product * mu
    m1 = m + (1 - beta1) * (d - m)
    v1 = beta2 * v + (1 - beta2) * d * d
    mu_product := product
    m := m1
    v := v1
    size = sqrt(v1) * rsqrt(1 - beta2 ** step) + eps
    return start - (lr * (1 - mu) / (1 - product) * d + lr * mu_next / (1 - product * mu_next) * m1) / size
  }
}

/// Adam that leaves the second moment out while too little is known of it (Liu et al., 2020).
/// torch torch.optim.RAdam
/// run RAdam(lr = 0.1) -> [0.9000, 2.3000] with p = [1, 2], g = [1, -3]
optimizer RAdam(lr: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8, weight_decay: float = 0.0,
                decoupled_weight_decay: bool = false) {
  require lr >= 0
  require eps >= 0
  require beta1 >= 0 and beta1 < 1
  require beta2 >= 0 and beta2 < 1
  require weight_decay >= 0
  buffer m: [...] = zeros
  buffer v: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = if decoupled_weight_decay then g else g + weight_decay * p
    start = if decoupled_weight_decay then p * (1 - lr * weight_decay) else p
    m1 = m + (1 - beta1) * (d - m)
    v1 = beta2 * v + (1 - beta2) * d * d
    m := m1
    v := v1
    // How many gradients the second moment is the mean of; the more, the less it varies.
    most = 2 / (1 - beta2) - 1
    seen = most - 2 * step * beta2 ** step / (1 - beta2 ** step)
    known = seen > 5
    rectified = sqrt(max((seen - 4) * (seen - 2) * most / ((most - 4) * (most - 2) * seen), 0))
    scale = rectified * sqrt(1 - beta2 ** step)
    return start - lr / (1 - beta1 ** step) * m1 * select(known, scale / (sqrt(v1) + eps), 1.0)
  }
}

/// Adagrad (Duchi et al., 2011): steps shrink with the sum of squared gradients.
/// torch torch.optim.Adagrad
/// run Adagrad(lr = 0.1) -> [0.9000, 2.1000] with p = [1, 2], g = [1, -3]
optimizer Adagrad(lr: float = 1e-2, lr_decay: float = 0.0, weight_decay: float = 0.0, initial_accumulator_value: float = 0.0,
                  eps: float = 1e-10) {
  require lr >= 0
  require lr_decay >= 0
  require weight_decay >= 0
  require initial_accumulator_value >= 0
  require eps >= 0
  buffer total: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = g + weight_decay * p
    s = select(step == 1, initial_accumulator_value, total) + d * d
    total := s
    return p - lr / (1 + (step - 1) * lr_decay) * (d / (sqrt(s) + eps))
  }
}

/// Adadelta (Zeiler, 2012): a decayed average of squared gradients, and one of squared updates.
/// torch torch.optim.Adadelta
/// run Adadelta(lr = 1.0) -> [0.9968, 2.0032] with p = [1, 2], g = [1, -3]
optimizer Adadelta(lr: float = 1.0, rho: float = 0.9, eps: float = 1e-6, weight_decay: float = 0.0) {
  require lr >= 0
  require rho >= 0 and rho <= 1
  require eps >= 0
  require weight_decay >= 0
  buffer square_avg: [...] = zeros
  buffer moved: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = g + weight_decay * p
    s = rho * square_avg + (1 - rho) * d * d
    u = sqrt(moved + eps) / sqrt(s + eps) * d
    square_avg := s
    moved := rho * moved + (1 - rho) * u * u
    return p - lr * u
  }
}

/// RMSprop (Hinton, 2012): division by a decayed root mean square, on request centred and with momentum.
/// torch torch.optim.RMSprop
/// run RMSprop(lr = 0.1) -> [0.0000, 3.0000] with p = [1, 2], g = [1, -3]
optimizer RMSprop(lr: float = 1e-2, alpha: float = 0.99, eps: float = 1e-8, weight_decay: float = 0.0, momentum: float = 0.0,
                  centered: bool = false) {
  require lr >= 0
  require alpha >= 0 and alpha <= 1
  require eps >= 0
  require weight_decay >= 0
  require momentum >= 0
  buffer square_avg: [...] = zeros
  if centered { buffer mean_avg: [...] = zeros }
  buffer velocity: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = g + weight_decay * p
    s = alpha * square_avg + (1 - alpha) * d * d
    square_avg := s
    spread = s
    if centered {
      a = mean_avg + (1 - alpha) * (d - mean_avg)
      mean_avg := a
      spread = max(s - a * a, 0.0)
    }
    v = momentum * velocity + d / (sqrt(spread) + eps)
    velocity := v
    return p - lr * v
  }
}

/// Lion (Chen et al., 2023, arXiv 2302.06675): steps of one size, in the direction of the sign of the momentum.
/// torch none
/// run Lion(lr = 0.1) -> [0.9000, 2.1000] with p = [1, 2], g = [1, -3]
optimizer Lion(lr: float = 1e-4, beta1: float = 0.9, beta2: float = 0.99, weight_decay: float = 0.0) {
  require lr >= 0
  require beta1 >= 0 and beta1 < 1
  require beta2 >= 0 and beta2 < 1
  require weight_decay >= 0
  buffer m: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    direction = sign(beta1 * m + (1 - beta1) * g)
    m := beta2 * m + (1 - beta2) * g
    return p - lr * (direction + weight_decay * p)
  }
}

/// LAMB (You et al., 2020, arXiv 1904.00962): Adam whose step is scaled, tensor by tensor, to the size of the parameter. Where
/// parameter or update is 0, the step is not scaled.
/// torch none
/// run LAMB(lr = 0.1) -> [0.8419, 2.1581] with p = [1, 2], g = [1, -3]
optimizer LAMB(lr: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-6, weight_decay: float = 0.0) {
  require lr >= 0
  require eps >= 0
  require beta1 >= 0 and beta1 < 1
  require beta2 >= 0 and beta2 < 1
  require weight_decay >= 0
  buffer m: [...] = zeros
  buffer v: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    m1 = m + (1 - beta1) * (g - m)
    v1 = beta2 * v + (1 - beta2) * g * g
    m := m1
    v := v1
    r = m1 * (1 / (1 - beta1 ** step)) / (sqrt(v1) * rsqrt(1 - beta2 ** step) + eps) + weight_decay * p
    size = sqrt(sum(p * p))
    length = sqrt(sum(r * r))
    return p - lr * select(size > 0 and length > 0, size / length, 1.0) * r
  }
}
