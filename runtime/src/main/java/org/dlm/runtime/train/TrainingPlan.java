package org.dlm.runtime.train;

import java.nio.file.Path;
import org.dlm.runtime.InputProblem;

/**
 * How to train.
 *
 * @param epochs times that each example is seen
 * @param batchSize examples in a step; {@link #WHOLE} for all
 * @param seed decides initial values, shuffles and dropout
 * @param checkpoint the file of the last state; the best one gets {@code .best} before the suffix
 * @param optimizer as the user wrote it, for the checkpoint: {@code Adam(lr=1e-3)}
 * @param objective the function to make small; null for the usual one
 */
public record TrainingPlan(int epochs, int batchSize, long seed, Path checkpoint, String optimizer, String objective) {
  /** All examples in one batch. */
  public static final int WHOLE = Integer.MAX_VALUE;

  public TrainingPlan {
    if (epochs < 1) {
      throw new InputProblem("epochs = " + epochs + ": at least one is needed", "");
    }
    if (batchSize < 1) {
      throw new InputProblem("batch = " + batchSize + ": at least one example is needed", "");
    }
  }

  /** Where the state with the best score goes. */
  Path best() {
    String name = checkpoint.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return checkpoint.resolveSibling(dot <= 0 ? name + ".best"
        : name.substring(0, dot) + ".best" + name.substring(dot));
  }
}
