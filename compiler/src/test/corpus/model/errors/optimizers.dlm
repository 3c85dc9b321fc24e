package corpus

optimizer NoUpdate(lr: float = 1e-3) {   // expect-error E0208 needs a function `update(p, g, step)`
  buffer m: [...] = zeros                // expect-warning W905
}

optimizer NoDefault(lr: float) {         // expect-error E0204 needs a default
  fn update(p: [...], g: [...], step: int) -> [...] = p - lr * g
}

optimizer Branch(lr: float = 1e-3) {
  fn update(p: [...], g: [...], step: int) -> [...] {
    if step == 1 { return p }            // expect-error E0401 use `select
    return p - lr * g
  }
}

optimizer RandomState(lr: float = 1e-3) {
  buffer m: [...] = normal(0.0, 1.0)     // expect-error E0206 starts as zeros, ones or full
  fn update(p: [...], g: [...], step: int) -> [...] {
    m := g
    return p - lr * m
  }
}
