/*
 * Learning rates. A schedule is a function of the step, which counts from 1, and of whatever else it is given; the
 * trainer puts in `step`, and `steps` (all of the run) and `epoch_steps` (those of an epoch) where a schedule has such
 * parameters and they are not given. The numbers are those of torch.optim.lr_scheduler, one scheduler step a step.
 * These names are known where a rate is expected: in a recipe and after --rate.
 */
package dlm.schedule

/// The same rate at every step; `factor` times as much in the first `total_iters` of them.
/// torch torch.optim.lr_scheduler.ConstantLR
/// run constant(0.1) -> 0.1000 with step = 5
/// run constant(0.1, factor = 0.5, total_iters = 10) -> 0.0500 with step = 5
fn constant(step: [], rate: [], factor: [] = 1.0, total_iters: [] = 0.0) -> [] {
  require rate >= 0, "the rate is 0 or more"
  require 0 <= factor and factor <= 1, "the factor is from 0 to 1"
  require total_iters >= 0, "total_iters is a number of steps: 0 or more"
  return rate * select(step <= total_iters, factor, 1.0)
}

/// Every `step_size` steps the rate is multiplied with `gamma`. `30 * epoch_steps` are 30 epochs.
/// torch torch.optim.lr_scheduler.StepLR
/// run step(0.1, step_size = 10) -> 0.0100 with step = 11
/// run step(0.1, step_size = 2 * epoch_steps, gamma = 0.5) -> 0.0500 with step = 11, epoch_steps = 5
fn step(step: [], rate: [], step_size: [], gamma: [] = 0.1) -> [] {
  require rate >= 0, "the rate is 0 or more"
  require step_size > 0, "step_size is a number of steps: more than 0"
  require gamma >= 0, "gamma is 0 or more"
  return rate * gamma ** floor((step - 1) / step_size)
}

/// After each of the steps listed, which grow, the rate is multiplied with `gamma`.
/// torch torch.optim.lr_scheduler.MultiStepLR
/// run multi_step(0.1, milestones = [10, 20]) -> 0.0010 with step = 25
fn multi_step(step: [], rate: [], milestones, gamma: [] = 0.1) -> [] {
  require rate >= 0, "the rate is 0 or more"
  require gamma >= 0, "gamma is 0 or more"
  now = rate
  last = 0
  for m in milestones {
    require m > last, "milestones are steps, each later than the one before"
    now = now * select(step > m, gamma, 1.0)
    last = m
  }
  return now
}

/// The rate is multiplied with `gamma` after every step, or every so many.
/// torch torch.optim.lr_scheduler.ExponentialLR
/// run exponential(0.1, gamma = 0.5) -> 0.0250 with step = 3
/// run exponential(0.1, gamma = 0.5, every = epoch_steps) -> 0.0500 with step = 6, epoch_steps = 5
fn exponential(step: [], rate: [], gamma: [], every: [] = 1.0) -> [] {
  require rate >= 0, "the rate is 0 or more"
  require gamma >= 0, "gamma is 0 or more"
  require every > 0, "every is a number of steps: more than 0"
  return rate * gamma ** floor((step - 1) / every)
}

/// From the rate down to `eta_min` along half a cosine.
/// torch torch.optim.lr_scheduler.CosineAnnealingLR
/// run cosine(0.1) -> 0.0500 with step = 6, steps = 10
fn cosine(step: [], rate: [], eta_min: [] = 0.0, steps: []) -> [] {
  require rate >= 0 and eta_min >= 0, "the rate and eta_min are 0 or more"
  require steps > 0, "steps is a number of steps: more than 0"
  return eta_min + (rate - eta_min) * (1 + cos(pi * (step - 1) / steps)) / 2
}

/// Straight up to the peak within `warmup` steps, then down to `eta_min` along half a cosine.
/// torch torch.optim.lr_scheduler.SequentialLR (LinearLR from 1 / (warmup + 1), then CosineAnnealingLR)
/// run warmup_cosine(peak = 0.1, warmup = 3) -> 0.0500 with step = 2, steps = 13
/// run warmup_cosine(peak = 0.1, warmup = 3) -> 0.0500 with step = 9, steps = 13
fn warmup_cosine(step: [], peak: [], warmup: [], eta_min: [] = 0.0, steps: []) -> [] {
  require peak >= 0 and eta_min >= 0, "the peak and eta_min are 0 or more"
  require warmup >= 0, "warmup is a number of steps: 0 or more"
  require steps > 0, "steps is a number of steps: more than 0"
  return select(step <= warmup, peak * step / (warmup + 1),
    eta_min + (peak - eta_min) * (1 + cos(pi * (step - 1 - warmup) / (steps - warmup))) / 2)
}

/// One cycle (Smith and Topin, 2018): from `peak / div_factor` up to the peak in the share `pct_start` of the steps, then
/// down to the start divided by `final_div_factor`, both along half a cosine.
/// torch torch.optim.lr_scheduler.OneCycleLR
/// run one_cycle(peak = 0.1) -> 0.1000 with step = 30, steps = 100
/// run one_cycle(peak = 0.1) -> 0.0040 with step = 1, steps = 100
fn one_cycle(step: [], peak: [], pct_start: [] = 0.3, div_factor: [] = 25.0, final_div_factor: [] = 1e4, steps: []) -> [] {
  require peak >= 0, "the peak is 0 or more"
  require 0 <= pct_start and pct_start <= 1, "pct_start is a share of the steps: from 0 to 1"
  require div_factor > 0 and final_div_factor > 0, "div_factor and final_div_factor are more than 0"
  require steps > 0, "steps is a number of steps: more than 0"
  start = peak / div_factor
  end = start / final_div_factor
  top = pct_start * steps - 1
  // Where the cycle goes up for a single step, that is step 1, whose share of it would be 0 / 0.
  up = peak + (start - peak) / 2 * (1 + cos(pi * (step - 1) / select(top == 0, 1.0, top)))
  down = end + (peak - end) / 2 * (1 + cos(pi * (step - 1 - top) / (steps - 1 - top)))
  return select(step - 1 <= top, up, down)
}

/// Down to 0 along a power of the steps that are left.
/// torch torch.optim.lr_scheduler.PolynomialLR
/// run polynomial(0.1) -> 0.0500 with step = 6, steps = 10
/// run polynomial(0.1, power = 2.0) -> 0.0250 with step = 6, steps = 10
fn polynomial(step: [], rate: [], power: [] = 1.0, steps: []) -> [] {
  require rate >= 0, "the rate is 0 or more"
  require power >= 0, "the power is 0 or more"
  require steps > 0, "steps is a number of steps: more than 0"
  return rate * (1 - min(step - 1, steps) / steps) ** power
}

/// The rate is multiplied with `factor` when for more than `patience` epochs the loss on the test examples was not below
/// the best one by the share `threshold`. After that `cooldown` epochs do not count; the rate never falls below `min_lr`.
/// It remembers losses, so it is no formula and stands alone; a checkpoint keeps what it knows.
/// torch torch.optim.lr_scheduler.ReduceLROnPlateau
/// run reduce_on_plateau(0.1, patience = 2) -> 0.1000 with step = 1
prim fn reduce_on_plateau(rate: float, factor: float = 0.1, patience: int = 10, threshold: float = 1e-4, cooldown: int = 0,
                          min_lr: float = 0.0) -> []
