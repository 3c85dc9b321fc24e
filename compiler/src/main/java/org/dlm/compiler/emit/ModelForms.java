package org.dlm.compiler.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.model.ModelSpec;

/** A model with every form of its functions planned: all that is left is writing it down. */
public record ModelForms(ModelSpec spec, List<FunctionForms> functions) {
  /** A function's forms; the last two where it returns one f32 scalar and it moves with something it trains. */
  public record FunctionForms(
      ModelSpec.Function function, Plan inference, Plan training, Optional<Plan> gradient,
      Optional<Plan> inferenceGradient) {
    List<Plan> plans() {
      List<Plan> plans = new ArrayList<>(List.of(inference, training));
      gradient.ifPresent(plans::add);
      inferenceGradient.ifPresent(plans::add);
      return plans;
    }
  }
}
