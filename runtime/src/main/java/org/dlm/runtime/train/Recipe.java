package org.dlm.runtime.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;

/**
 * How to train a model, from its optimizer to the size of a batch; what a {@code train} recipe is compiled to. Every
 * value may be changed before a {@link Trainer} is made:
 *
 * <pre>{@code
 * new MnistTrainer().epochs(3).clipNorm(0.5).trainer(data, Path.of("mnist.safetensors"), listener).run();
 * }</pre>
 */
public class Recipe {
  /** A small data set needs more rounds for as many steps; fewer than this many do not train a network. */
  private static final int FEWEST_STEPS = 1400;

  private static final int FEWEST_EPOCHS = 15;

  private final Supplier<? extends Model> newModel;
  private final Supplier<? extends Optimizer> newOptimizer;
  private final Map<String, Double> hyperParameters = new LinkedHashMap<>();
  private List<String> objectives = List.of();
  private List<String> metrics = List.of();
  private String data = "";
  private RateSchedule rate;
  private List<String> decay = List.of();
  private List<ParameterGroup> groups = List.of();
  private int batch = 64;
  private int epochs;
  private long steps;
  private double clipNorm;
  private double clipValue;
  private int accumulate = 1;
  private double average;
  private Goal best;
  private int patience;
  private int saveSteps;
  private long seed;
  private String settings = "";

  /** @param model makes what is trained, {@code optimizer} the rule by which; both with default values */
  public Recipe(Supplier<? extends Model> model, Supplier<? extends Optimizer> optimizer) {
    newModel = model;
    newOptimizer = optimizer;
  }

  /** Sets a hyper-parameter of the optimizer. */
  public Recipe set(String hyperParameter, double value) {
    hyperParameters.put(hyperParameter, value);
    return this;
  }

  /**
   * The functions to make small, in turn at each step, each by the parameters that it trains; where none is named,
   * {@code loss} or the only one that can be.
   */
  public Recipe objective(String... functions) {
    objectives = List.of(functions);
    return this;
  }

  /** Functions whose mean over the test examples is told after each epoch. */
  public Recipe metrics(String... functions) {
    metrics = List.of(functions);
    return this;
  }

  /** Options of the data set, {@code "augment=crop(2),validation=0.1"}, that count where its spec does not say them. */
  public Recipe data(String options) {
    data = options;
    return this;
  }

  /** The learning rate of each step, in place of the optimizer's own {@code lr}. */
  public Recipe rate(RateSchedule schedule) {
    rate = schedule;
    return this;
  }

  /** Patterns of the parameters that get the optimizer's weight decay; the others get none. */
  public Recipe decay(String... patterns) {
    decay = List.of(patterns);
    return this;
  }

  /** Parameters with hyper-parameters of their own; the first group that selects one counts. */
  public Recipe groups(ParameterGroup... first) {
    groups = List.of(first);
    return this;
  }

  /** Examples in a batch; {@link TrainingPlan#WHOLE} for all. */
  public Recipe batch(int examples) {
    batch = examples;
    return this;
  }

  /** Times that each example is seen; 0 for 15, or more where the data set is small. */
  public Recipe epochs(int count) {
    epochs = count;
    return this;
  }

  /** Optimizer steps after which the run ends; with it the epochs need not be said. */
  public Recipe steps(long count) {
    steps = count;
    return this;
  }

  /** The largest norm of the gradient; 0 for any. */
  public Recipe clipNorm(double most) {
    clipNorm = most;
    return this;
  }

  /** The largest size of a single gradient; 0 for any. */
  public Recipe clipValue(double most) {
    clipValue = most;
    return this;
  }

  /** Batches whose mean gradient makes a step. */
  public Recipe accumulate(int batches) {
    accumulate = batches;
    return this;
  }

  /** How much a step keeps of the moving average of the weights, which is then tested and written; 0 for no average. */
  public Recipe average(double keep) {
    average = keep;
    return this;
  }

  /** What makes an epoch the best, whose weights are kept beside the last; without it the accuracy, else the loss. */
  public Recipe best(Goal goal) {
    best = goal;
    return this;
  }

  /** Epochs that may pass without a better one before training ends; 0 for any number. */
  public Recipe patience(int count) {
    patience = count;
    return this;
  }

  /** Steps after which a checkpoint is written also within an epoch; 0 for after epochs only. */
  public Recipe saveSteps(int steps) {
    saveSteps = steps;
    return this;
  }

  /** Decides initial values, order and dropout. */
  public Recipe seed(long value) {
    seed = value;
    return this;
  }

  /** Text that checkpoints keep for whoever resumes them. */
  public Recipe settings(String text) {
    settings = text;
    return this;
  }

  /** What a schedule requires, said at a place of the source; for generated code. */
  protected static void require(boolean holds, String what, String place, double step, double steps,
      double epochSteps) {
    if (!holds) {
      throw new InputProblem(place + ": the learning rate cannot be computed: " + what + "; this is step "
          + (long) step + " of " + (long) steps + ", and an epoch has " + (long) epochSteps,
          "Change what the schedule is given, or the length of the run.");
    }
  }

  /** A model with fresh parameters. */
  public Model model() {
    return newModel.get();
  }

  /** The update rule with the recipe's hyper-parameters. */
  public Optimizer optimizer() {
    Optimizer optimizer = newOptimizer.get();
    hyperParameters.forEach((name, value) -> {
      ParameterGroup.require(optimizer, name);
      optimizer.set(name, value);
    });
    return optimizer;
  }

  /** The data set of that spec, with the recipe's options where the spec has none of its own. */
  public DataSet open(String spec) {
    return DataSources.open(spec, data);
  }

  /** A rule with a state of its own for each objective. */
  public List<Optimizer> optimizers() {
    return IntStream.range(0, Math.max(1, objectives.size())).mapToObj(i -> optimizer()).toList();
  }

  /** The recipe for a data set, with checkpoints in that file. */
  public TrainingPlan plan(DataSet data, Path checkpoint) {
    int examples = data.train().count();
    int epochSteps = Math.ceilDiv(Math.ceilDiv(examples, Math.max(1, Math.min(batch, examples))),
        Math.max(1, accumulate));
    int rounds = epochs != 0 ? epochs : steps > 0 ? (int) Math.ceilDiv(steps, (long) epochSteps)
        : Math.max(FEWEST_EPOCHS, Math.ceilDiv(FEWEST_STEPS, epochSteps));
    return new TrainingPlan(rounds, steps, batch, seed, checkpoint, objectives, metrics, rate, decay, groups, clipNorm,
        clipValue, accumulate, average, best, patience, saveSteps,
        newOptimizer.get().getClass().getSimpleName(), settings);
  }

  /** What trains a new model by this recipe. */
  public Trainer trainer(DataSet data, Path checkpoint, TrainingListener listener) {
    return new Trainer(model(), optimizers(), data, plan(data, checkpoint), listener);
  }
}
