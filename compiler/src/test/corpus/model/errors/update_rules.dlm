package corpus

optimizer RowWise(lr: float = 1e-2) {
  fn update(p: [...], g: [...], step: int) -> [...] {
    size = sqrt(sum(g * g, axes = 0, keep = true))   // expect-error E0503 depends on the shape
    return p - lr * g / size
  }
}

optimizer Backwards(lr: float = 1e-2) {
  fn update(p: [...], g: [...], step: int) -> [...] {
    return p - lr * flip(g, axes = 0)   // expect-error E0503
  }
}

optimizer Noisy(lr: float = 1e-2) {
  fn update(p: [...], g: [...], step: int) -> [...] {
    return p - lr * (g + normal_like(g))   // expect-error E0503
  }
}

optimizer FourFlags(a: bool = true, b: bool = true, c: bool = true, d: bool = true) {   // expect-error E0206 at most 3
  fn update(p: [...], g: [...], step: int) -> [...] = p - g
}

optimizer Steps(step: float = 1.0) {   // expect-error E0202 number of the step
  fn update(p: [...], g: [...], step: int) -> [...] = p - g
}

optimizer NumberState(lr: float = 0.1) {
  buffer total: [] = zeros   // expect-error E0301 shape of the parameter
  fn update(p: [...], g: [...], step: int) -> [...] {
    total := sum(g)
    return p - lr * g
  }
}

optimizer Branches(lr: float = 0.1) {
  fn update(p: [...], g: [...], step: int) -> [...] {
    if lr > 0.5 { return p }   // expect-error E0401
    return p - lr * g
  }
}

optimizer Careless(lr: float = 0.1) {
  require 1 > 2, "never true"   // expect-error E0402 never true
  fn update(p: [...], g: [...], step: int) -> [...] = p - lr * g
}

optimizer WrongRequire(lr: float = 0.1) {
  require lr   // expect-error E0401
  fn update(p: [...], g: [...], step: int) -> [...] = p - lr * g
}

optimizer Learns(lr: float = 0.1) {
  param scale: [1] = ones   // expect-error E0206 buffers, constants, requirements
  fn update(p: [...], g: [...], step: int) -> [...] = p - lr * g
}
