package org.dlm.runtime.train;

import java.nio.file.Path;
import java.util.List;
import org.dlm.runtime.InputProblem;

/**
 * How to train; most comfortably made by a {@link Recipe}.
 *
 * @param epochs times that each example is seen
 * @param steps optimizer steps after which the run ends, in the middle of an epoch if need be; 0 for all of the epochs
 * @param batchSize examples in a batch; {@link #WHOLE} for all
 * @param seed decides initial values, shuffles and dropout
 * @param checkpoint the file of the last state; the best one gets {@code .best} before the suffix
 * @param objectives the functions to make small, in turn at each step; none: the usual one
 * @param metrics functions whose mean over the examples for validation and testing is told; none: {@code hits} or
 *     {@code accuracy}, where there is one
 * @param rate the learning rate of each step; null leaves the optimizer's alone
 * @param decay patterns of the parameters that get weight decay; none: all of them
 * @param groups parameters with hyper-parameters of their own; the first group that selects one counts
 * @param clipNorm the largest norm of the gradient; 0 for any
 * @param clipValue the largest size of a single gradient; 0 for any
 * @param accumulate batches whose mean gradient makes a step
 * @param average how much a step keeps of the moving average of the weights, which is what is tested and written; 0 for
 *     none
 * @param best what makes an epoch the best; null for the accuracy where there is one, else the loss
 * @param patience epochs that may pass without a better one before training ends; 0 for any number
 * @param saveSteps steps after which a checkpoint is written also within an epoch; 0 for after epochs only
 * @param optimizer what made the state, for the checkpoint: {@code Adam}
 * @param settings kept in the checkpoint for whoever resumes it
 */
public record TrainingPlan(int epochs, long steps, int batchSize, long seed, Path checkpoint, List<String> objectives,
    List<String> metrics, RateSchedule rate, List<String> decay, List<ParameterGroup> groups, double clipNorm,
    double clipValue, int accumulate, double average, Goal best, int patience, int saveSteps, String optimizer,
    String settings) {
  /** All examples in one batch. */
  public static final int WHOLE = Integer.MAX_VALUE;

  public TrainingPlan {
    objectives = List.copyOf(objectives);
    metrics = List.copyOf(metrics);
    decay = List.copyOf(decay);
    groups = List.copyOf(groups);
    atLeast("epochs", epochs, 1, "at least one is needed");
    atLeast("steps", steps, 0, "it cannot be negative");
    atLeast("batch", batchSize, 1, "at least one example is needed");
    atLeast("accumulate", accumulate, 1, "at least one batch is needed");
    atLeast("patience", patience, 0, "it cannot be negative");
    atLeast("save_steps", saveSteps, 0, "it cannot be negative");
    atLeast("clip_norm", clipNorm, 0, "it cannot be negative");
    atLeast("clip_value", clipValue, 0, "it cannot be negative");
    if (!(average >= 0 && average < 1)) {
      throw new InputProblem("average = " + average + ": it is 0 (none) or a share below 1, such as 0.999", "");
    }
  }

  /** The plain way: mini-batches, the optimizer's own rate; {@code objective} is null for the usual one. */
  public TrainingPlan(int epochs, int batchSize, long seed, Path checkpoint, String optimizer, String objective) {
    this(epochs, 0, batchSize, seed, checkpoint, objective == null ? List.of() : List.of(objective), List.of(), null,
        List.of(), List.of(), 0, 0, 1, 0, null, 0, 0, optimizer, "");
  }

  private static void atLeast(String name, double value, double least, String why) {
    if (!(value >= least)) {
      throw new InputProblem(name + " = " + (value == Math.rint(value) ? Long.toString((long) value) : "" + value)
          + ": " + why, "");
    }
  }

  /** Where the state with the best score goes. */
  Path bestFile() {
    String name = checkpoint.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return checkpoint.resolveSibling(dot <= 0 ? name + ".best" : name.substring(0, dot) + ".best"
        + name.substring(dot));
  }
}
