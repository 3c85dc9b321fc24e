package org.dlm.runtime.train;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How good a model is on examples that it did not learn from.
 *
 * @param loss mean loss
 * @param accuracy share of examples that are right; NaN where that has no meaning
 * @param confusion which class was taken for which
 * @param metrics the means of the other functions that were asked for
 */
public record Score(double loss, double accuracy, Optional<Confusion> confusion, Map<String, Double> metrics) {
  static final String LOSS = "loss";
  static final String ACCURACY = "accuracy";

  Score(double loss, double accuracy, Map<String, Double> metrics) {
    this(loss, accuracy, Optional.empty(), metrics);
  }

  /** What was measured, by name: {@code loss}, {@code accuracy} where it has a meaning, and the metrics. */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of(LOSS));
    if (!Double.isNaN(accuracy)) {
      names.add(ACCURACY);
    }
    names.addAll(metrics.keySet());
    return names;
  }

  /** The value of that name; NaN where it was not measured. */
  public double value(String name) {
    return metrics.containsKey(name) ? metrics.get(name)
        : name.equals(LOSS) ? loss : name.equals(ACCURACY) ? accuracy : Double.NaN;
  }

  /** By the goal; of two that are equal in it, the one with the smaller loss. */
  boolean better(Score other, Goal goal) {
    return goal.better(this, other) || !goal.better(other, this) && loss < other.loss;
  }
}
