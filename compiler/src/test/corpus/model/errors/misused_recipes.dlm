package corpus

// Hyper-parameters of optimizers and schedules out of range, missing or unknown.
model Net {
  head = Linear(2)
  fn forward(x: [N, 4]) -> [N, 2] = head(x)
  fn loss(x: [N, 4], y: i32[N]) -> [] = cross_entropy(head(x), y)
}

train R1 for Net {
  objective = loss
  optimizer = SGD(momentum = -0.1)                                         // expect-error E0402 the optimizer `SGD` requires momentum >= 0
}

train R2 for Net {
  objective = loss
  optimizer = SGD(nesterov = true)                                         // expect-error E0402 the optimizer `SGD` requires momentum > 0 and dampening = 0 for nesterov
}

train R3 for Net {
  objective = loss
  optimizer = Adam(beta1 = 1.0)                                            // expect-error E0402 the optimizer `Adam` requires beta1 >= 0 and beta1 < 1
}

train R4 for Net {
  objective = loss
  optimizer = AdamW(beta2 = -0.5)                                          // expect-error E0402 the optimizer `AdamW` requires beta2 >= 0 and beta2 < 1
}

train R5 for Net {
  objective = loss
  optimizer = Adamax(eps = -1e-8)                                          // expect-error E0402 the optimizer `Adamax` requires eps >= 0
}

train R6 for Net {
  objective = loss
  optimizer = NAdam(momentum_decay = -1.0)                                 // expect-error E0402 the optimizer `NAdam` requires momentum_decay >= 0
}

train R7 for Net {
  objective = loss
  optimizer = RAdam(weight_decay = -1.0)                                   // expect-error E0402 the optimizer `RAdam` requires weight_decay >= 0
}

train R8 for Net {
  objective = loss
  optimizer = Adagrad(initial_accumulator_value = -1.0)                    // expect-error E0402 the optimizer `Adagrad` requires initial_accumulator_value >= 0
}

train R9 for Net {
  objective = loss
  optimizer = Adadelta(rho = 1.5)                                          // expect-error E0402 the optimizer `Adadelta` requires rho >= 0 and rho <= 1
}

train R10 for Net {
  objective = loss
  optimizer = RMSprop(alpha = -1.0)                                        // expect-error E0402 the optimizer `RMSprop` requires alpha >= 0
}

train R11 for Net {
  objective = loss
  optimizer = Lion(beta1 = 2.0)                                            // expect-error E0402 the optimizer `Lion` requires beta1 >= 0 and beta1 < 1
}

train R12 for Net {
  objective = loss
  optimizer = LAMB(beta2 = 1.0)                                            // expect-error E0402 the optimizer `LAMB` requires beta2 >= 0 and beta2 < 1
}

train R13 for Net {
  objective = loss
  optimizer = Adam(0.1, 0.9, 0.99, 1e-8, 0.0, true, 3)                     // expect-error E0205 `Adam` takes at most 6 arguments
}

train R14 for Net {
  objective = loss
  optimizer = Adam("fast")                                                 // expect-error E0206 a float is needed here
}

train R15 for Net {
  objective = loss
  optimizer = Adam(lr = 0.1, lr = 0.2)                                     // expect-error E0203 `lr` of `Adam` is given twice
}

train R17 for Net {
  objective = loss
  optimizer = Linear(3)                                                    // expect-error E0201 there is no optimizer `Linear`
}

train R20 for Net {
  objective = loss
  optimizer = 3                                                            // expect-error E0206 an optimizer is needed here
}

train S2 for Net {
  objective = loss
  rate = step(0.1)                                                         // expect-error E0204 `step` needs `step_size`
}

train S4 for Net {
  objective = loss
  rate = multi_step(0.1, milestones = 10)                                  // expect-error E0206 a list is needed here
}

train S6 for Net {
  objective = loss
  rate = exponential(0.1)                                                  // expect-error E0204 `exponential` needs `gamma`
}

train S7 for Net {
  objective = loss
  rate = exponential(0.1, gamma = "x")                                     // expect-error E0206 a tensor is needed here
}

train S8 for Net {
  objective = loss
  rate = cosine(0.1, etamin = 0.0)                                         // expect-error E0203 `cosine` has no parameter `etamin`
}

train S9 for Net {
  objective = loss
  rate = warmup_cosine(peak = 0.1)                                         // expect-error E0204 `warmup_cosine` needs `warmup`
}

train S14 for Net {
  objective = loss
  rate = polynomial(power = 2.0)                                           // expect-error E0204 `polynomial` needs `rate`
}

train S15 for Net {
  objective = loss
  rate = reduce_on_plateau(0.1, patience = -1)                             // expect-error E0206 `patience` of `reduce_on_plateau` is a number of 0 or more
}

train S16 for Net {
  objective = loss
  rate = reduce_on_plateau(0.1, factor = 1.0)                              // expect-error E0206 the factor of `reduce_on_plateau` is below 1
}

train S17 for Net {
  objective = loss
  rate = reduce_on_plateau(-0.1)                                           // expect-error E0206 `rate` of `reduce_on_plateau` is a number of 0 or more
}

train S18 for Net {
  objective = loss
  rate = reduce_on_plateau(0.1, cooldown = -1)                             // expect-error E0206 `cooldown` of `reduce_on_plateau` is a number of 0 or more
}

train S19 for Net {
  objective = loss
  rate = -0.1                                                              // expect-error E0206 a rate is a number of 0 or more
}

train S22 for Net {
  objective = loss
  rate = constant()                                                        // expect-error E0204 `constant` needs `rate`
}

train S23 for Net {
  objective = loss
  rate = reduce_on_plateau(0.1, threshold = -1.0)                          // expect-error E0206 `threshold` of `reduce_on_plateau` is a number of 0 or more
}

train S24 for Net {
  objective = loss
  rate = reduce_on_plateau(0.1, min_lr = -1.0)                             // expect-error E0206 `min_lr` of `reduce_on_plateau` is a number of 0 or more
}
