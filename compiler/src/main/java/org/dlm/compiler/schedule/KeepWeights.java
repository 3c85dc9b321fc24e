package org.dlm.compiler.schedule;

import java.util.List;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Step;

/**
 * Finds the operands of contractions that are parameters, in a program that changes none: while the caller says that
 * the weights stay, they are brought into order once for many calls.
 */
public final class KeepWeights {
  private KeepWeights() {}

  /** The plan of a function for inference with its weights kept. */
  public static Plan in(Plan plan) {
    List<Step> steps = plan.steps().stream().map(KeepWeights::keeping).toList();
    return new Plan(plan.buffers(), steps, plan.results(), plan.lifetimes());
  }

  private static Step keeping(Step step) {
    return switch (step) {
      case Step.Contract c when c.kept() == Step.Kept.NOTHING && isWeight(c.buffers().get(1)) ->
          c.keeping(Step.Kept.RIGHT);
      case Step.Contract c when c.kept() == Step.Kept.NOTHING && isWeight(c.buffers().get(0)) ->
          c.keeping(Step.Kept.LEFT);
      case Step.Contract c -> c;
      case Step.Loops loops -> loops;
      // What no turn of a loop over time changes is kept in it already.
      case Step.Repeat repeat -> repeat;
    };
  }

  private static boolean isWeight(Buffer buffer) {
    return buffer.place() instanceof Place.Parameter;
  }
}
