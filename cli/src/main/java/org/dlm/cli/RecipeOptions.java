package org.dlm.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dlm.runtime.store.JsonText;
import org.dlm.runtime.train.TrainingPlan;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The settings of a recipe as options of a command. */
final class RecipeOptions {
  private static final int USUAL_BATCH = 64;

  @Spec(Spec.Target.MIXEE) private CommandSpec spec;

  @Option(names = "--optimizer", paramLabel = "SPEC",
      description = "The update rule, such as \"SGD(lr=0.1, momentum=0.9)\" (default: Adam(lr=1e-3)).")
  private String optimizer;

  @Option(names = "--rate", paramLabel = "SPEC",
      description = "The learning rate of each step, such as \"warmup_cosine(peak=1e-3, warmup=500)\""
          + " (default: the optimizer's).")
  private String rate;

  @Option(names = "--epochs", paramLabel = "E",
      description = "Times each example is seen (default: 15, more for a small data set).")
  private Integer epochs;

  @Option(names = "--steps", paramLabel = "K", description = "Steps after which training ends, in place of --epochs.")
  private Integer steps;

  @Option(names = "--batch", paramLabel = "B",
      description = "Examples in a batch, or `all` (default: " + USUAL_BATCH + ").")
  private String batch;

  @Option(names = "--accumulate", paramLabel = "K",
      description = "Batches whose mean gradient makes a step (default: 1).")
  private Integer accumulate;

  @Option(names = "--clip-norm", paramLabel = "X", description = "The largest norm of the gradient (default: any).")
  private Double clipNorm;

  @Option(names = "--clip-value", paramLabel = "X",
      description = "The largest size of a single gradient (default: any).")
  private Double clipValue;

  @Option(names = "--average", paramLabel = "X",
      description = "Keep a moving average of the weights, which is tested and written; X is what a step keeps of it,"
          + " such as 0.999.")
  private Double average;

  @Option(names = "--decay", paramLabel = "PATTERN",
      description = "Parameters that get the optimizer's weight decay, such as \"*.weight\"; may be repeated"
          + " (default: all).")
  private List<String> decay;

  @Option(names = "--seed", paramLabel = "S",
      description = "Decides initial weights, order and dropout (default: 0).")
  private Long seed;

  @Option(names = "--patience", paramLabel = "E",
      description = "End when so many epochs in a row were no better than the best (default: never).")
  private Integer patience;

  @Option(names = "--save-steps", paramLabel = "K",
      description = "Write a checkpoint after so many steps, too (default: after epochs only).")
  private Integer saveSteps;

  @Option(names = "--best", paramLabel = "WHAT",
      description = "What makes an epoch the best: \"highest(accuracy)\", \"lowest(loss)\" or a metric's name there"
          + " (default: the accuracy where there is one, else the loss).")
  private String best;

  @Option(names = "--objective", paramLabel = "FN", split = ",",
      description = "The function to make small, or several that take turns at each step (default: loss).")
  private List<String> objectives;

  @Option(names = "--metrics", paramLabel = "FN", split = ",",
      description = "Functions whose means over validation and test examples are told (default: hits or accuracy).")
  private List<String> metrics;

  @Option(names = "--set", paramLabel = "KEY=VALUE",
      description = "Any setting of a recipe, such as \"groups=[group(\\\"net.0\\\", rate=0.1)]\"; may be repeated.")
  private List<String> others = List.of();

  /** Those that were given, as a recipe has them. */
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    put(settings, "objective", objectives == null ? null : objectives.size() == 1 ? objectives.getFirst()
        : "[" + String.join(", ", objectives) + "]");
    put(settings, "metrics", metrics == null ? null : "[" + String.join(", ", metrics) + "]");
    put(settings, "optimizer", optimizer);
    put(settings, "decay", decay == null ? null
        : decay.stream().map(JsonText::quote).collect(Collectors.joining(", ", "[", "]")));
    put(settings, "rate", rate);
    put(settings, "batch", batch == null ? null : batchText(batchSize()));
    put(settings, "epochs", epochs);
    put(settings, "steps", steps);
    put(settings, "clip_norm", clipNorm);
    put(settings, "clip_value", clipValue);
    put(settings, "accumulate", accumulate);
    put(settings, "average", average);
    put(settings, "patience", patience);
    put(settings, "save_steps", saveSteps);
    put(settings, "best", best);
    put(settings, "seed", seed);
    for (String other : others) {
      if (!set(other, settings)) {
        throw usage("--set " + other + ": a setting is written KEY=VALUE");
      }
    }
    return settings;
  }

  private static void put(Map<String, String> settings, String key, Object value) {
    if (value != null) {
      settings.put(key, value.toString());
    }
  }

  /** False where the text is not of the form KEY=VALUE. */
  static boolean set(String text, Map<String, String> settings) {
    Matcher parts = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*=\\s*(.+)", Pattern.DOTALL).matcher(text);
    if (parts.matches()) {
      settings.put(parts.group(1), parts.group(2).strip());
    }
    return parts.matches();
  }

  static String batchText(int size) {
    return size == TrainingPlan.WHOLE ? "\"all\"" : Integer.toString(size);
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private int batchSize() {
    if (batch.equals("all")) {
      return TrainingPlan.WHOLE;
    }
    if (!batch.matches("[1-9][0-9]{0,8}")) {
      throw usage("--batch " + batch + ": a number of examples, or `all`");
    }
    return Integer.parseInt(batch);
  }
}
