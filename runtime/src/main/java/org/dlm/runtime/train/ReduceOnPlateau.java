package org.dlm.runtime.train;

import java.util.Map;
import java.util.stream.DoubleStream;
import org.dlm.runtime.InputProblem;

/**
 * A rate that is lowered when the loss on the test examples no longer falls; as PyTorch's {@code ReduceLROnPlateau} in
 * mode "min", asked after each epoch.
 */
public final class ReduceOnPlateau implements RateSchedule {
  /** A change of the rate below this is none. */
  private static final double SMALLEST_CHANGE = 1e-8;

  private final double factor;
  private final double patience;
  private final double threshold;
  private final double cooldown;
  private final double floor;
  private double rate;
  private double best = Double.POSITIVE_INFINITY;
  private double worse;
  private double resting;

  /**
   * @param rate at the start
   * @param factor what the rate is multiplied with
   * @param patience how many epochs in a row may be no better before that
   * @param threshold an epoch is better when its loss is below the best by more than this share
   * @param cooldown epochs after a change that do not count
   * @param floor the rate never falls below it
   */
  public ReduceOnPlateau(double rate, double factor, double patience, double threshold, double cooldown, double floor) {
    if (!(factor < 1)
        || !DoubleStream.of(rate, factor, patience, threshold, cooldown, floor).allMatch(number -> number >= 0)) {
      throw new InputProblem("reduce_on_plateau(" + rate + ", factor = " + factor + ", patience = " + patience
          + ", threshold = " + threshold + ", cooldown = " + cooldown + ", min_lr = " + floor
          + "): all are 0 or more, the factor is below 1", "");
    }
    this.rate = rate;
    this.factor = factor;
    this.patience = patience;
    this.threshold = threshold;
    this.cooldown = cooldown;
    this.floor = floor;
  }

  @Override
  public double rate(double step, double steps, double epochSteps) {
    return rate;
  }

  @Override
  public void tested(double loss) {
    if (loss < best * (1 - threshold)) {
      best = loss;
      worse = 0;
    } else {
      worse++;
    }
    if (resting > 0) {
      resting--;
      worse = 0;
    }
    if (worse > patience) {
      double lower = Math.max(rate * factor, floor);
      rate = rate - lower > SMALLEST_CHANGE ? lower : rate;
      resting = cooldown;
      worse = 0;
    }
  }

  @Override
  public Map<String, Double> state() {
    return Map.of("rate", rate, "best", best, "worse", worse, "resting", resting);
  }

  @Override
  public void restore(Map<String, Double> state) {
    rate = state.getOrDefault("rate", rate);
    best = state.getOrDefault("best", best);
    worse = state.getOrDefault("worse", worse);
    resting = state.getOrDefault("resting", resting);
  }
}
