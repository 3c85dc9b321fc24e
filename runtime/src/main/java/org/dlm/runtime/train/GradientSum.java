package org.dlm.runtime.train;

import java.util.Arrays;
import org.dlm.runtime.Model;
import org.dlm.runtime.kernel.Pool;
import org.dlm.runtime.kernel.Task;

/**
 * The mean gradient of several batches, each with the weight of its examples: what one batch of all of them would have
 * given for a loss that is a mean over examples.
 */
public final class GradientSum {
  private static final int GRAIN = 1 << 14;

  private final float[] gradients;
  private final float[] sum;
  private final Task add = this::add;
  private final Task mean = this::mean;
  private long examples;
  private float weight;

  public GradientSum(Model model) {
    gradients = model.gradients;
    sum = new float[gradients.length];
  }

  /** Takes the model's gradients, which are those of so many examples. */
  public void add(int examplesOfBatch) {
    weight = examplesOfBatch;
    examples += examplesOfBatch;
    Pool.run(add, sum.length, GRAIN);
  }

  /** Puts the mean into the model's gradients and begins anew. */
  public void finish() {
    weight = (float) (1.0 / examples);
    Pool.run(mean, sum.length, GRAIN);
    Arrays.fill(sum, 0);
    examples = 0;
  }

  private void add(int from, int to) {
    for (int i = from; i < to; i++) {
      sum[i] += weight * gradients[i];
    }
  }

  private void mean(int from, int to) {
    for (int i = from; i < to; i++) {
      gradients[i] = sum[i] * weight;
    }
  }
}
