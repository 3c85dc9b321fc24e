/*
 * Optimizers. Names, defaults, order of operations and the place of epsilon follow PyTorch's optimizer of the same name.
 * Hyper-parameters are numbers that may change from step to step; `step` counts from 1.
 */
package dlm.optim

/// Gradient descent, with momentum, dampening, Nesterov's variant and weight decay on request.
/// torch torch.optim.SGD
/// run SGD(lr = 0.5) -> [0.5, 2.5] with p = [1, 2], g = [1, -1]
optimizer SGD(lr: float = 1e-3, momentum: float = 0.0, dampening: float = 0.0, weight_decay: float = 0.0,
              nesterov: bool = false) {
  buffer velocity: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = g + weight_decay * p
    // The first step starts the velocity with the whole gradient; without momentum it is not damped either.
    v = select(step == 1 or momentum == 0, d, momentum * velocity + (1 - dampening) * d)
    velocity := v
    return p - lr * select(nesterov, d + momentum * v, v)
  }
}

/// Adam (Kingma and Ba, 2015) with bias correction.
/// torch torch.optim.Adam
/// run Adam(lr = 0.1) -> [0.9000, 2.1000] with p = [1, 2], g = [1, -3]
optimizer Adam(lr: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8, weight_decay: float = 0.0) {
  buffer m: [...] = zeros
  buffer v: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = g + weight_decay * p
    m1 = m + (1 - beta1) * (d - m)
    v1 = beta2 * v + (1 - beta2) * d * d
    m := m1
    v := v1
    return p - lr / (1 - beta1 ** step) * (m1 / (sqrt(v1) * rsqrt(1 - beta2 ** step) + eps))
  }
}

/// Adam whose weight decay does not pass through the moments (Loshchilov and Hutter, 2019).
/// torch torch.optim.AdamW
/// run AdamW(lr = 0.1) -> [0.8990, 2.0980] with p = [1, 2], g = [1, -3]
optimizer AdamW(lr: float = 1e-3, beta1: float = 0.9, beta2: float = 0.999, eps: float = 1e-8, weight_decay: float = 0.01) {
  buffer m: [...] = zeros
  buffer v: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    m1 = m + (1 - beta1) * (g - m)
    v1 = beta2 * v + (1 - beta2) * g * g
    m := m1
    v := v1
    return p * (1 - lr * weight_decay) - lr / (1 - beta1 ** step) * (m1 / (sqrt(v1) * rsqrt(1 - beta2 ** step) + eps))
  }
}

/// Adagrad (Duchi et al., 2011): steps shrink with the sum of squared gradients.
/// torch torch.optim.Adagrad
/// run Adagrad(lr = 0.1) -> [0.9000, 2.1000] with p = [1, 2], g = [1, -3]
optimizer Adagrad(lr: float = 1e-2, lr_decay: float = 0.0, weight_decay: float = 0.0, eps: float = 1e-10) {
  buffer total: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = g + weight_decay * p
    s = total + d * d
    total := s
    return p - lr / (1 + (step - 1) * lr_decay) * (d / (sqrt(s) + eps))
  }
}

/// Adadelta (Zeiler, 2012): a decayed average of squared gradients, and one of squared updates.
/// torch torch.optim.Adadelta
/// run Adadelta(lr = 1.0) -> [0.9968, 2.0032] with p = [1, 2], g = [1, -3]
optimizer Adadelta(lr: float = 1.0, rho: float = 0.9, eps: float = 1e-6, weight_decay: float = 0.0) {
  buffer square_avg: [...] = zeros
  buffer moved:  [...] = zeros
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
  buffer square_avg: [...] = zeros
  buffer mean_avg: [...] = zeros
  buffer velocity: [...] = zeros
  fn update(p: [...], g: [...], step: int) -> [...] {
    d = g + weight_decay * p
    s = alpha * square_avg + (1 - alpha) * d * d
    a = mean_avg + (1 - alpha) * (d - mean_avg)
    u = d / (sqrt(select(centered, max(s - a * a, 0.0), s)) + eps)
    v = momentum * velocity + u
    square_avg := s
    mean_avg := a
    velocity := v
    return p - lr * v
  }
}
