package org.dlm.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dlm.runtime.kernel.Contraction.axis;
import static org.dlm.runtime.kernel.Contraction.window;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.dlm.runtime.lanes.LaneChoice;
import org.junit.jupiter.api.Test;

class AllocationTest {
  /** With the scalar twin only: until it is compiled, vector code makes an object of every vector. */
  @Test
  void aRunAllocatesNothing() {
    assumeFalse(LaneChoice.VECTOR);
    Workspace workspace = new Workspace();
    List<Contraction> contractions = new ArrayList<>();
    contractions.add(Contraction.named("tiles").row("m", 50).column("n", 70).depth("k", 90).left(axis("m", 90), axis("k", 1))
        .right(axis("k", 70), axis("n", 1)).out(axis("m", 70), axis("n", 1)).plan(workspace));
    contractions.add(Contraction.named("one row").column("n", 70).depth("k", 90).left(axis("k", 1))
        .right(axis("k", 70), axis("n", 1)).out(axis("n", 1)).plan(workspace));
    contractions.add(Contraction.named("one column").row("m", 70).depth("k", 90).left(axis("m", 90), axis("k", 1))
        .right(axis("k", 1)).out(axis("m", 1)).plan(workspace));
    contractions.add(Contraction.named("dilated").column("y", 90).depth("k", 4).left(axis("k", 1))
        .right(window("y", "k", 45, 1).padding(2).inputDilation(2)).out(axis("y", 1)).plan(workspace));
    contractions.add(Contraction.named("long").row("o", 4).column("k", 5).depth("x", 1000)
        .left(axis("o", 1000), axis("x", 1)).right(window("x", "k", 1000, 1).padding(2)).out(axis("o", 5), axis("k", 1))
        .plan(workspace));
    float[] left = new float[10_000];
    float[] right = new float[10_000];
    float[] out = new float[10_000];
    End end = (batch, rowFrom, rowTo, columnFrom, columnTo) -> { };
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int turn = 0; turn < 3; turn++) {
      contractions.forEach(contraction -> contraction.run(left, 0, right, 0, out, 0, end));
    }
    for (Contraction contraction : contractions) {
      long before = threads.getCurrentThreadAllocatedBytes();
      contraction.run(left, 0, right, 0, out, 0, end);
      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isZero();
    }
  }
}
