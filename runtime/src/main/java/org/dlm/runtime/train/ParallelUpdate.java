package org.dlm.runtime.train;

import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.kernel.Pool;
import org.dlm.runtime.kernel.Task;

/** One optimizer step over all parameters, cut into pieces for the threads. */
public final class ParallelUpdate implements Task {
  /** Large enough that handing a piece to a thread costs little, small enough that LeNet's 60,000 use two. */
  private static final int GRAIN = 1 << 14;

  private final Model model;
  private final Optimizer optimizer;
  private int step;

  public ParallelUpdate(Model model, Optimizer optimizer) {
    this.model = model;
    this.optimizer = optimizer;
  }

  /** @param step counts from 1 */
  public void apply(int step) {
    this.step = step;
    Pool.run(this, model.parameters.length, GRAIN);
  }

  @Override
  public void run(int from, int to) {
    optimizer.update(model.parameters, model.gradients, from, to, step);
  }
}
