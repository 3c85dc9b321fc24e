package org.dlm.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Batches of several sizes in turn: planned once each, in one memory, with the results of the batch at hand. */
class ProgramsByShapeTest {
  private int plans;

  /** Doubles a vector, through an arena as generated code has it. */
  private final class Doubling extends Program {
    private float[] x;
    private int n;

    Doubling() {
      super(null);
    }

    @Override
    protected boolean accept(Tensor[] inputs) {
      if (inputs.length != 1 || inputs[0] == null || inputs[0].shape()[0] == 13) {
        throw new InputProblem("one vector, not of 13", "");
      }
      x = ((FloatTensor) inputs[0]).data();
      boolean changed = n != x.length;
      n = x.length;
      return changed;
    }

    @Override
    protected void plan() {
      plans++;
      arena = arena.length >= n ? arena : new float[n];
    }

    @Override
    protected void execute() {
      for (int i = 0; i < n; i++) {
        arena[i] = 2 * x[i] + step;
      }
    }

    @Override
    public float scalar(int i) {
      return arena[0];
    }

    @Override
    public Tensor output(int i) {
      return copyFloats(arena, 0, n);
    }
  }

  private final Function function = new CompiledFunction("f", List.of(), List.of(), Doubling::new, Doubling::new, null, null);

  private float[] run(float... x) {
    Program program = function.inference();
    program.random(1, 3);
    program.bind(new FloatTensor(x, x.length));
    program.run();
    return ((FloatTensor) program.output(0)).data();
  }

  @Test
  void sizesInTurnArePlannedOnce() {
    for (int round = 0; round < 3; round++) {
      assertThat(run(1, 2, 3)).containsExactly(5, 7, 9);
      assertThat(run(4)).containsExactly(11);
      assertThat(run(1, 1)).containsExactly(5, 5);
    }
    assertThat(plans).isEqualTo(3);
    assertThat(function.inference().arenaSize()).as("one memory for all").isEqualTo(3);
  }

  @Test
  void onlyAFewPlansAreKept() {
    for (int round = 0; round < 2; round++) {
      for (int n = 1; n <= 6; n++) {
        assertThat(run(new float[n])).hasSize(n).containsOnly(3);
      }
    }
    assertThat(plans).isEqualTo(12);
  }

  @Test
  void inputsThatAreRefusedChangeNothing() {
    assertThat(run(1, 2)).containsExactly(5, 7);
    assertThatThrownBy(() -> run(new float[13])).isInstanceOf(InputProblem.class);
    assertThatThrownBy(() -> function.inference().bind()).isInstanceOf(InputProblem.class);
    assertThatThrownBy(() -> function.inference().bind((Tensor) null)).isInstanceOf(InputProblem.class);
    assertThat(run(3, 4)).containsExactly(9, 11);
    assertThat(plans).isEqualTo(1);
  }
}
