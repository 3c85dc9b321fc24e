package org.dlm.compiler.memory;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Plan.Lifetime;
import org.dlm.compiler.loop.Step;

/** Finds out from which step to which step each temporary is needed; what does not overlap may share memory. */
public final class PlanMemory {
  private PlanMemory() {}

  /** The plan with the lifetimes of its buffers in the arena. Results live to the end. */
  public static Plan of(Plan plan) {
    Uses uses = new Uses();
    plan.steps().forEach(uses::count);
    plan.results().forEach(r -> uses.touch(r.buffer()));
    List<Lifetime> lifetimes = new ArrayList<>();
    for (Buffer buffer : plan.buffers()) {
      if (buffer.place() instanceof Place.Arena && uses.touched.containsKey(buffer.id())) {
        lifetimes.add(uses.lifetime(buffer));
      }
    }
    return new Plan(plan.buffers(), plan.steps(), plan.results(), lifetimes);
  }

  /** Which buffers are used when; steps inside of loops over time count one by one. */
  private static final class Uses {
    private int now;
    private final Map<Integer, TreeSet<Integer>> touched = new HashMap<>();
    private final List<int[]> loops = new ArrayList<>();

    void count(Step step) {
      if (step instanceof Step.Repeat repeat) {
        int first = now;
        repeat.steps().forEach(this::count);
        loops.add(new int[] {first, now - 1});
      } else {
        step.buffers().forEach(this::touch);
        now++;
      }
    }

    void touch(Buffer buffer) {
      touched.computeIfAbsent(buffer.id(), id -> new TreeSet<>()).add(now);
    }

    /** What is used in a loop and outside of it must last for all steps of the loop. */
    Lifetime lifetime(Buffer buffer) {
      TreeSet<Integer> times = touched.get(buffer.id());
      int first = times.first();
      int last = times.last();
      for (int[] loop : loops) {
        Integer inside = times.ceiling(loop[0]);
        boolean used = inside != null && inside <= loop[1];
        if (used && (times.first() < loop[0] || times.last() > loop[1])) {
          first = Math.min(first, loop[0]);
          last = Math.max(last, loop[1]);
        }
      }
      return new Lifetime(buffer, first, last);
    }
  }
}
