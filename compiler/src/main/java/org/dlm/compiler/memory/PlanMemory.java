package org.dlm.compiler.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Plan.Lifetime;

/** Finds out from which step to which step each temporary is needed; what does not overlap may share memory. */
public final class PlanMemory {
  private PlanMemory() {}

  /** The plan with the lifetimes of its buffers in the arena. Results live to the end. */
  public static Plan of(Plan plan) {
    Map<Integer, int[]> spans = new HashMap<>();
    for (int step = 0; step < plan.steps().size(); step++) {
      for (Buffer buffer : plan.steps().get(step).buffers()) {
        int now = step;
        spans.computeIfAbsent(buffer.id(), id -> new int[] {now, now})[1] = now;
      }
    }
    for (Plan.Result result : plan.results()) {
      int[] span = spans.get(result.buffer().id());
      if (span != null) {
        span[1] = plan.steps().size();
      }
    }
    List<Lifetime> lifetimes = new ArrayList<>();
    for (Buffer buffer : plan.buffers()) {
      int[] span = spans.get(buffer.id());
      if (buffer.place() instanceof Place.Arena && span != null) {
        lifetimes.add(new Lifetime(buffer, span[0], span[1]));
      }
    }
    return new Plan(plan.buffers(), plan.steps(), plan.results(), lifetimes);
  }
}
