package org.dlm.runtime.train;

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
  Score(double loss, double accuracy) {
    this(loss, accuracy, Optional.empty(), Map.of());
  }

  boolean better(Score other) {
    return Double.isNaN(accuracy) ? loss < other.loss
        : accuracy > other.accuracy || accuracy == other.accuracy && loss < other.loss;
  }
}
