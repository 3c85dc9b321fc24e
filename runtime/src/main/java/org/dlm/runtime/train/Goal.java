package org.dlm.runtime.train;

import java.util.Collection;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;

/**
 * What makes one epoch better than another: a number of its {@link Score}, and whether more of it is better. It decides
 * which weights are kept as the best, and when patience is at its end.
 *
 * @param metric {@code loss}, {@code accuracy} or one of the metrics
 */
public record Goal(String metric, boolean highest) {
  /** The largest value is the best. */
  public static Goal highest(String metric) {
    return new Goal(metric, true);
  }

  /** The smallest value is the best. */
  public static Goal lowest(String metric) {
    return new Goal(metric, false);
  }

  /** What counts where nothing is said: the accuracy, where there is one, else the loss. */
  static Goal usual(boolean accuracy) {
    return accuracy ? highest(Score.ACCURACY) : lowest(Score.LOSS);
  }

  boolean better(Score score, Score other) {
    double one = score.value(metric);
    double two = other.value(metric);
    return highest ? one > two : one < two;
  }

  void check(Collection<String> known) {
    if (!known.contains(metric)) {
      throw new InputProblem("the best epoch cannot be told by `" + metric + "`: it is not measured"
          + Suggestion.didYouMean(metric, known), "Measured are " + String.join(", ", known)
              + "; more functions are measured with --metrics.");
    }
  }

  /** As a recipe has it: {@code highest(hits)}. */
  @Override
  public String toString() {
    return (highest ? "highest(" : "lowest(") + metric + ")";
  }
}
