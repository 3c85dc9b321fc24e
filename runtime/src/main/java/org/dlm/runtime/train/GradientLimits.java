package org.dlm.runtime.train;

import java.util.Optional;
import org.dlm.runtime.Model;

/** What a plan wants done to gradients before they move anything: the mean of several batches, then bounds. */
final class GradientLimits {
  private final TrainingPlan plan;
  private final GradientClip clip;
  private final GradientSum sum;

  GradientLimits(Model model, TrainingPlan plan) {
    this.plan = plan;
    clip = plan.clipNorm() > 0 || plan.clipValue() > 0 ? new GradientClip(model) : null;
    sum = plan.accumulate() > 1 ? new GradientSum(model) : null;
  }

  /** The gradient of a batch of so many examples is there. */
  void add(int examples) {
    if (sum != null) {
      sum.add(examples);
    }
  }

  /** Before a step; what makes one impossible. */
  Optional<String> apply() {
    if (sum != null) {
      sum.finish();
    }
    if (plan.clipValue() > 0) {
      clip.toValue(plan.clipValue());
    }
    double norm = plan.clipNorm() > 0 ? clip.toNorm(plan.clipNorm()) : 0;
    return Double.isFinite(norm) ? Optional.empty() : Optional.of("the norm of the gradient is " + norm);
  }
}
