package org.dlm.compiler.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.shape.Dim;

/**
 * Finds the operands of contractions that are the same in every turn of a loop over time, such as the weights of a
 * cell: they are brought into order once, before it.
 */
final class KeepOperands {
  private KeepOperands() {}

  static Step.Repeat in(Step.Repeat repeat) {
    Set<Integer> written = new HashSet<>();
    repeat.steps().forEach(s -> written(s, written));
    List<Step> steps = new ArrayList<>();
    for (Step step : repeat.steps()) {
      steps.add(step instanceof Step.Contract contract ? contract.keeping(kept(contract, repeat, written)) : step);
    }
    return repeat.with(steps);
  }

  private static Step.Kept kept(Step.Contract contract, Step.Repeat repeat, Set<Integer> written) {
    return isSame(contract.buffers().get(1), contract.rightOffset(), repeat, written) ? Step.Kept.RIGHT
        : isSame(contract.buffers().get(0), contract.leftOffset(), repeat, written) ? Step.Kept.LEFT
        : Step.Kept.NOTHING;
  }

  private static boolean isSame(Buffer buffer, Dim offset, Step.Repeat repeat, Set<Integer> written) {
    return !written.contains(buffer.id()) && !offset.symbols().contains(repeat.counter());
  }

  private static void written(Step step, Set<Integer> written) {
    switch (step) {
      case Step.Loops loops -> written(loops.kernel(), loops.buffers(), written);
      case Step.Contract c -> {
        written.add(c.buffers().get(2).id());
        c.end().ifPresent(e -> written(e.kernel(), c.buffers().subList(3, c.buffers().size()), written));
      }
      case Step.Repeat r -> r.steps().forEach(s -> written(s, written));
    }
  }

  private static void written(Kernel kernel, List<Buffer> buffers, Set<Integer> written) {
    int tensor = 0;
    for (int slot = 0; slot < kernel.slots().size(); slot++) {
      if (!kernel.slots().get(slot).register()) {
        Buffer buffer = buffers.get(tensor++);
        if (kernel.writes(slot)) {
          written.add(buffer.id());
        }
      }
    }
  }
}
