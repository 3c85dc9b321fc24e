package org.dlm.runtime.train;

import org.dlm.runtime.Model;
import org.dlm.runtime.kernel.Pool;
import org.dlm.runtime.kernel.Task;

/**
 * The exponential moving average of a model's parameters, as PyTorch's {@code AveragedModel} with
 * {@code get_ema_multi_avg_fn}: it starts with the parameters after the first step.
 */
public final class WeightAverage {
  private static final int GRAIN = 1 << 14;

  private final Model model;
  private final float[] parameters;
  private final float[] average;
  private final Task move = this::move;
  private final Task swap = this::swap;
  private final float share;

  /** @param decay how much of the average a step keeps, such as 0.999 */
  public WeightAverage(Model model, double decay) {
    this.model = model;
    parameters = model.parameters;
    average = new float[parameters.length];
    share = (float) (1 - decay);
  }

  /** The average, laid out as the parameters are. */
  public float[] values() {
    return average;
  }

  /** Takes the parameters after a step. */
  public void add(boolean first) {
    if (first) {
      System.arraycopy(parameters, 0, average, 0, average.length);
    } else {
      Pool.run(move, average.length, GRAIN);
    }
  }

  /** Exchanges average and parameters: the model computes with the average until the next call. */
  public void swap() {
    Pool.run(swap, average.length, GRAIN);
    model.weightsChanged();
  }

  private void move(int from, int to) {
    for (int i = from; i < to; i++) {
      average[i] += share * (parameters[i] - average[i]);
    }
  }

  private void swap(int from, int to) {
    for (int i = from; i < to; i++) {
      float kept = parameters[i];
      parameters[i] = average[i];
      average[i] = kept;
    }
  }
}
