package corpus

// Schedules whose numbers make no rate, those of the library and a user's own.
model Net {
  head = Linear(2)
  fn loss(x: [N, 4], y: i32[N]) -> [] = cross_entropy(head(x), y)
}

fn mine(step: [], rate: [], epoch_steps: []) -> [] {
  require rate > 0, "a positive rate"                                      // expect-error E0402 a positive rate
  require rate < 1
  return rate / (step * epoch_steps)
}

train Fixed for Net { rate = constant(-0.1) }                              // expect-error E0402 the rate is 0 or more
train Factor for Net { rate = 0.5 * constant(1.0, factor = 2.0) }          // expect-error E0402 the factor is from 0 to 1
train Iters for Net { rate = constant(0.1, total_iters = -1) }             // expect-error E0402 total_iters is a number of steps: 0 or more
train Size for Net { rate = step(0.1, step_size = 0) }                     // expect-error E0402 step_size is a number of steps: more than 0
train Backwards for Net { rate = step(0.1, step_size = -2 * epoch_steps) } // expect-error E0402 step_size is a number of steps: more than 0
train Down for Net { rate = step(-0.1, step_size = 3) }                    // expect-error E0402 the rate is 0 or more
train Alternates for Net { rate = step(0.1, step_size = 3, gamma = -0.5) } // expect-error E0402 gamma is 0 or more
train Unsorted for Net { rate = multi_step(0.1, milestones = [20, 10]) }   // expect-error E0402 milestones are steps, each later than the one before
train Twice for Net { rate = multi_step(0.1, milestones = [10, 10]) }      // expect-error E0402 milestones are steps, each later than the one before
train Early for Net { rate = multi_step(0.1, milestones = [-1, 10]) }      // expect-error E0402 milestones are steps, each later than the one before
train Gamma for Net { rate = multi_step(0.1, milestones = [10], gamma = -1) } // expect-error E0402 gamma is 0 or more
train Every for Net { rate = exponential(0.1, gamma = 0.5, every = 0) }    // expect-error E0402 every is a number of steps: more than 0
train Grows for Net { rate = exponential(0.1, gamma = -0.9) }              // expect-error E0402 gamma is 0 or more
train NoSteps for Net { rate = cosine(0.1, steps = 0) }                    // expect-error E0402 steps is a number of steps: more than 0
train Below for Net { rate = cosine(0.1, eta_min = -0.1) }                 // expect-error E0402 the rate and eta_min are 0 or more
train Warm for Net { rate = warmup_cosine(peak = 0.1, warmup = -1) }       // expect-error E0402 warmup is a number of steps: 0 or more
train Peak for Net { rate = warmup_cosine(peak = -0.1, warmup = 5) }       // expect-error E0402 the peak and eta_min are 0 or more
train Share for Net { rate = one_cycle(0.1, pct_start = 1.5) }             // expect-error E0402 pct_start is a share of the steps: from 0 to 1
train Divided for Net { rate = one_cycle(0.1, div_factor = 0) }            // expect-error E0402 div_factor and final_div_factor are more than 0
train DividedAgain for Net { rate = one_cycle(0.1, final_div_factor = -1) } // expect-error E0402 div_factor and final_div_factor are more than 0
train Power for Net { rate = polynomial(0.1, power = -1) }                 // expect-error E0402 the power is 0 or more
train Ended for Net { rate = polynomial(0.1, steps = 0) }                  // expect-error E0402 steps is a number of steps: more than 0
train Own for Net { rate = mine(0) }
train Group for Net { optimizer = SGD(momentum = 0.9) groups = [group("head", momentum = -1)] } // expect-error E0402 the optimizer `SGD` requires momentum >= 0
train Decay for Net { groups = [group("head.weight", weight_decay = -0.5)] } // expect-error E0402 the optimizer `Adam` requires weight_decay >= 0
train Alpha for Net { optimizer = RMSprop(alpha = 99.0) }                  // expect-error E0402 the optimizer `RMSprop` requires alpha >= 0 and alpha <= 1
