package org.dlm.runtime.store;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Variable;

/**
 * How far a training run has come. Written together with parameters, buffers and optimizer state into one safetensors
 * file, from which the run goes on as if it had never stopped; the file also serves as plain weights.
 *
 * @param epoch finished epochs
 * @param batch finished batches of the epoch that is under way
 * @param step finished optimizer steps
 * @param seed decides initial values, shuffles and dropout
 * @param batchSize examples in a batch; a run is only the same with the same
 * @param optimizer as the user wrote it: {@code Adam(lr=1e-3)}
 * @param bestLoss loss of the best epoch so far, on what is measured after each; NaN before the first
 * @param bestAccuracy accuracy of the best epoch so far; NaN where there is none
 * @param bestMetrics the other scores of the best epoch so far
 * @param waited epochs since the best one
 * @param rate the state of the learning rate's schedule
 * @param settings how the run was asked for, as text
 * @param data what the data set tells of itself: vocabulary, classes, scales
 */
public record Checkpoint(int epoch, int batch, long step, long seed, int batchSize, String optimizer, double bestLoss,
    double bestAccuracy, Map<String, Double> bestMetrics, int waited, Map<String, Double> rate, String settings,
    Map<String, String> data) {
  static final String STATE_PREFIX = "optimizer/";

  /** The parameters that training goes on with, where the weights of the file are their average. */
  static final String TRAINING_PREFIX = "training/";

  private static final String RATE_PREFIX = "rate.";

  private static final String BEST_PREFIX = "best.";

  private static final String DATA_PREFIX = "data.";

  private static final String FORMAT = "dlm checkpoint ";

  /** What this version writes; it grows when a run could no longer be resumed by what knows the one before only. */
  private static final int VERSION = 1;

  public Checkpoint {
    bestMetrics = Map.copyOf(bestMetrics);
    rate = Map.copyOf(rate);
    data = Map.copyOf(data);
  }

  /** Of a run whose rate has no state. */
  public Checkpoint(int epoch, int batch, long step, long seed, int batchSize, String optimizer, double bestLoss,
      double bestAccuracy) {
    this(epoch, batch, step, seed, batchSize, optimizer, bestLoss, bestAccuracy, Map.of(), 0, Map.of(), "", Map.of());
  }

  /** Writes the whole state of a run, atomically. */
  public void write(Path file, Model model, Optimizer rule) {
    write(file, model, List.of(RuleState.only(rule)), null);
  }

  /**
   * As above, with any number of optimizers; {@code training}: the parameters that training goes on with where those of
   * the model are an average, else null.
   */
  public void write(Path file, Model model, List<RuleState> rules, float[] training) {
    SafetensorsWriter writer = new SafetensorsWriter();
    Weights.add(model, writer);
    if (training != null) {
      model.parameterList().forEach(v -> writer.add(TRAINING_PREFIX + v.path(), training, v.offset(), v.shape()));
    }
    for (RuleState rule : rules) {
      for (String state : rule.rule().stateNames()) {
        for (Variable v : rule.variables(model)) {
          writer.add(rule.name(state, v), rule.rule().state(state), v.offset(), v.shape());
        }
      }
    }
    Map<String, String> metadata = metadata(rules.getFirst().rule());
    metadata.putAll(Signature.of(model));
    writer.write(file, metadata);
  }

  /** In an order of its own: the same state gives the same bytes. */
  private Map<String, String> metadata(Optimizer rule) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("format", FORMAT + VERSION);
    metadata.put("epoch", Integer.toString(epoch));
    metadata.put("batch", Integer.toString(batch));
    metadata.put("step", Long.toString(step));
    metadata.put("seed", Long.toString(seed));
    metadata.put("batch_size", Integer.toString(batchSize));
    metadata.put("best_loss", Double.toString(bestLoss));
    metadata.put("best_accuracy", Double.toString(bestAccuracy));
    new TreeMap<>(bestMetrics).forEach((name, value) -> metadata.put(BEST_PREFIX + name, value.toString()));
    metadata.put("waited", Integer.toString(waited));
    metadata.put("optimizer", optimizer);
    new TreeMap<>(rate).forEach((name, value) -> metadata.put(RATE_PREFIX + name, value.toString()));
    if (!settings.isEmpty()) {
      metadata.put("settings", settings);
    }
    new TreeMap<>(data).forEach((name, value) -> metadata.put(DATA_PREFIX + name, value));
    rule.hyperParameters().forEach(name -> metadata.put("optimizer." + name, Double.toString(rule.get(name))));
    return metadata;
  }

  /**
   * A problem where the functions that a run computes with are not those of the model that wrote the file, although all
   * parameters fit.
   */
  public static void requireSameModel(Path file, List<Function> used) {
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      for (Function function : used) {
        List<String> differences = Signature.differences(open.metadata(), function, true);
        if (!differences.isEmpty()) {
          throw new InputProblem(file + ": was written by another model, or another version of it; its parameters have"
              + " the same shapes, but `" + function.name() + "` computes something else:\n  "
              + String.join("\n  ", differences), "Resume with the model as it was, or begin a new run from these"
              + " weights with --weights.");
        }
      }
    }
  }

  /** Reads only the position; with it a caller can build the same optimizer before {@link #restore}. */
  public static Checkpoint peek(Path file) {
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      return position(open);
    }
  }

  /** Fills model and optimizer from the file; nothing is changed when something in it does not fit. */
  public static Checkpoint restore(Path file, Model model, Optimizer rule) {
    return restore(file, model, List.of(RuleState.only(rule)), null);
  }

  /** As above; {@code training} takes the parameters that training goes on with, while the model gets their average. */
  public static Checkpoint restore(Path file, Model model, List<RuleState> rules, float[] training) {
    try (SafetensorsFile open = SafetensorsFile.open(file)) {
      Checkpoint position = position(open);
      Weights.check(model, open);
      rules.forEach(rule -> checkState(open, model, rule));
      checkAverage(open, training != null);
      Weights.load(model, open, Renaming.NONE);
      if (training != null) {
        for (Variable v : model.parameterList()) {
          open.readFloats(TRAINING_PREFIX + v.path(), training, v.offset());
        }
      }
      for (RuleState rule : rules) {
        rule.rule().prepare(model.parameters.length);
        for (String state : rule.rule().stateNames()) {
          for (Variable v : rule.variables(model)) {
            open.readFloats(rule.name(state, v), rule.rule().state(state), v.offset());
          }
        }
      }
      return position;
    }
  }

  private static void checkAverage(SafetensorsFile open, boolean wanted) {
    boolean there = open.tensors().keySet().stream().anyMatch(name -> name.startsWith(TRAINING_PREFIX));
    if (there != wanted) {
      throw new InputProblem(open.file() + (there ? ": was written by a run that averages its weights"
          : ": was written by a run that does not average its weights"), "Resume with the same --average.");
    }
  }

  private static void checkState(SafetensorsFile open, Model model, RuleState rule) {
    for (String state : rule.rule().stateNames()) {
      for (Variable v : rule.variables(model)) {
        StoredTensor stored = open.tensors().get(rule.name(state, v));
        if (stored == null || !Arrays.equals(stored.shape(), v.shape())) {
          throw new InputProblem(open.file() + ": was written by the optimizer " + open.metadata().get("optimizer")
              + "; it has no fitting state `" + rule.folder() + state + "` of " + v.path(),
              "Resume with the optimizer and the objectives that wrote it.");
        }
      }
    }
  }

  private static Checkpoint position(SafetensorsFile open) {
    String format = open.metadata().getOrDefault("format", "");
    if (format.matches(FORMAT + "[0-9]+") && !format.equals(FORMAT + VERSION)) {
      throw new InputProblem(open.file() + ": is a checkpoint of version " + format.substring(FORMAT.length())
          + "; this program knows only version " + VERSION,
          "Resume it with the newer dlm that wrote it, or begin a new run from its weights with --weights.");
    }
    if (!format.equals(FORMAT + VERSION)) {
      throw new InputProblem(open.file() + ": holds weights, but is no checkpoint to resume from",
          "Name a file that `dlm train` wrote.");
    }
    return new Checkpoint((int) number(open, "epoch", Integer.MAX_VALUE),
        (int) number(open, "batch", Integer.MAX_VALUE), number(open, "step", Long.MAX_VALUE),
        number(open, "seed", Long.MAX_VALUE), (int) number(open, "batch_size", Integer.MAX_VALUE),
        open.metadata().getOrDefault("optimizer", ""), score(open, "best_loss"), score(open, "best_accuracy"),
        numbers(open, BEST_PREFIX), (int) score(open, "waited"), numbers(open, RATE_PREFIX),
        open.metadata().getOrDefault("settings", ""), data(open));
  }

  /**
   * What the data set that the weights in a file were trained on told of itself; empty where they came from elsewhere.
   */
  public static Map<String, String> data(SafetensorsFile open) {
    Map<String, String> data = new LinkedHashMap<>();
    open.metadata().forEach((key, value) -> {
      if (key.startsWith(DATA_PREFIX)) {
        data.put(key.substring(DATA_PREFIX.length()), value);
      }
    });
    return data;
  }

  private static Map<String, Double> numbers(SafetensorsFile open, String prefix) {
    Map<String, Double> state = new LinkedHashMap<>();
    for (String key : open.metadata().keySet()) {
      if (key.startsWith(prefix)) {
        state.put(key.substring(prefix.length()), score(open, key));
      }
    }
    return state;
  }

  private static double score(SafetensorsFile open, String key) {
    try {
      return Double.parseDouble(open.metadata().getOrDefault(key, "NaN"));
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static long number(SafetensorsFile open, String key, long largest) {
    String text = open.metadata().get(key);
    try {
      long value = Long.parseLong(String.valueOf(text));
      if (value <= largest && (value >= 0 || key.equals("seed"))) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, as for a number that cannot be.
    }
    throw new InputProblem(open.file() + ": `" + key + "` of the checkpoint is " + text + ", which is no count",
        "The file is damaged; resume from another checkpoint.");
  }
}
