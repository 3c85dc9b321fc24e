package org.dlm.compiler.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.op.Full;
import org.dlm.compiler.rewrite.Rewrite;
import org.dlm.compiler.schedule.KeepWeights;

/** The plans of one function's forms: forms that come to the same after rewriting are planned once. */
final class PlanOnce {
  private record Known(Graph rewritten, Plan plan) {}

  private final List<Known> known = new ArrayList<>();

  Plan plan(Graph graph) {
    return KeepWeights.in(planned(Rewrite.apply(graph)));
  }

  /** With the gradient; nothing where there is none, or where it is plainly 0 for every parameter, as a metric's is. */
  Optional<Plan> gradient(ModelSpec.Function function, Graph graph) {
    return WriteJava.gradient(function, graph).map(Rewrite::apply).filter(PlanOnce::mayMove).map(this::planned)
        .filter(plan -> plan.buffers().stream().anyMatch(b -> b.place() instanceof Place.Gradient));
  }

  /** Saves the work of planning what is seen at once to be 0. */
  private static boolean mayMove(Graph graph) {
    return graph.results().stream().filter(r -> r.name().startsWith("grad."))
        .anyMatch(r -> !(r.value().op() instanceof Full full && full.value() == 0));
  }

  private Plan planned(Graph rewritten) {
    for (Known each : known) {
      if (each.rewritten().isSameAs(rewritten)) {
        return each.plan();
      }
    }
    Plan plan = WriteJava.planRewritten(rewritten);
    known.add(new Known(rewritten, plan));
    return plan;
  }
}
