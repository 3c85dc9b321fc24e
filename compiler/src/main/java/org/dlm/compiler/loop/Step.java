package org.dlm.compiler.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dlm.compiler.shape.Dim;

/** One thing a program does; steps run one after the other. */
public sealed interface Step {
  Note note();

  /** The buffers it uses, in the order of its slots or operands. */
  List<Buffer> buffers();

  /** The same step on other buffers (same ids, other places). */
  Step on(List<Buffer> buffers);

  /** Runs a loop nest; {@code buffers} in the order of the kernel's tensors. */
  record Loops(Note note, Kernel kernel, Schedule schedule, List<Buffer> buffers) implements Step {
    @Override
    public Step on(List<Buffer> changed) {
      return new Loops(note, kernel, schedule, changed);
    }
  }

  /**
   * Runs a contraction; {@code buffers} are left, right and out, then those of the end. The offsets say where in left
   * and right the first element lies. {@code end}: pointwise work on finished blocks of the result. {@code kept}: the
   * operand that is the same in every turn of the loop over time around it, and is brought into order before that;
   * where there is no loop around it, weights that are brought into order once for many calls, if the caller says
   * they stay.
   */
  record Contract(Note note, String name, Contraction contraction, List<Buffer> buffers, Dim leftOffset,
      Dim rightOffset, Optional<End> end, Kept kept) implements Step {
    @Override
    public Step on(List<Buffer> changed) {
      return new Contract(note, name, contraction, changed, leftOffset, rightOffset, end, kept);
    }

    /** The same with an operand kept. */
    public Contract keeping(Kept operand) {
      return new Contract(note, name, contraction, buffers, leftOffset, rightOffset, end, operand);
    }

    /** The same with another end. */
    public Contract ending(Optional<End> other) {
      return new Contract(note, name, contraction, buffers, leftOffset, rightOffset, other, kept);
    }
  }

  /** An operand of a contraction, or none. */
  enum Kept { NOTHING, LEFT, RIGHT }

  /**
   * Does the {@code steps} {@code extent} times, {@code counter} from 0 on, or from the end to 0 where {@code
   * backwards}. Their buffers' places may depend on the counter.
   */
  record Repeat(Note note, String counter, Dim extent, boolean backwards, List<Step> steps) implements Step {
    public Repeat {
      steps = List.copyOf(steps);
    }

    @Override
    public List<Buffer> buffers() {
      return steps.stream().flatMap(s -> s.buffers().stream()).toList();
    }

    @Override
    public Step on(List<Buffer> changed) {
      List<Step> all = new ArrayList<>();
      int from = 0;
      for (Step step : steps) {
        int to = from + step.buffers().size();
        all.add(step.on(changed.subList(from, to)));
        from = to;
      }
      return new Repeat(note, counter, extent, backwards, all);
    }

    /** The same with other steps. */
    public Repeat with(List<Step> changed) {
      return new Repeat(note, counter, extent, backwards, changed);
    }
  }

  /**
   * What a contraction does with a finished block. {@code kernel}'s outer axes are the contraction's: the first
   * {@code batchAxes} of them count batches, the next {@code rowAxes} rows, the rest columns. Its tensors are the
   * buffers of the step from the fourth on.
   */
  record End(Note note, Kernel kernel, Schedule schedule, int batchAxes, int rowAxes) {}
}
