package org.dlm.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dlm.compiler.pipeline.TrainingRequest;
import org.dlm.runtime.Function;
import org.dlm.runtime.Model;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.Feed;
import org.dlm.runtime.store.Checkpoint;
import org.dlm.runtime.store.JsonText;
import org.dlm.runtime.store.Renaming;
import org.dlm.runtime.train.StopOnInterrupt;
import org.dlm.runtime.train.Trainer;
import org.dlm.runtime.train.TrainingListener;
import org.dlm.runtime.train.TrainingPlan;
import org.dlm.runtime.train.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm train}: the main job. */
@Command(name = "train", description = "Train a model on a data set and write its weights.",
    footer = {"", "What is not said here is as the file's recipe (train NAME for MODEL { ... }) has it.", "",
        "Data sets:", "  digits        1,797 handwritten digits, embedded", "  mnist:DIR     MNIST's own files",
        "  csv:FILE      rows of numbers and a label"})
final class TrainCommand extends BaseCommand {
  private static final int USUAL_BATCH = 64;

  @Mixin private ModelFiles files;

  @Option(names = "--recipe", paramLabel = "R", description = "The recipe, where the files have several.")
  private String recipe;

  @Option(names = "--data", paramLabel = "SPEC", required = true, description = "digits, mnist:DIR or csv:FILE.")
  private String data;

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

  @Option(names = "--out", paramLabel = "F",
      description = "Where the weights go (default: checkpoints/MODEL.safetensors).")
  private Path out;

  @Option(names = "--resume", paramLabel = "F", description = "Go on from a checkpoint.")
  private Path resume;

  @Option(names = "--weights", paramLabel = "W", description = "Start from these weights instead of fresh ones.")
  private Path weights;

  @Option(names = "--rename", paramLabel = "FILE",
      description = "Lines NAME -> PATH: what tensors of W are called in the model, * for any text.")
  private Path renaming;

  @Option(names = "--patience", paramLabel = "E",
      description = "End when so many epochs in a row were no better than the best (default: never).")
  private Integer patience;

  @Option(names = "--best", paramLabel = "WHAT",
      description = "What makes an epoch the best: \"highest(accuracy)\", \"lowest(loss)\" or a metric's name there"
          + " (default: the accuracy where there is one, else the loss).")
  private String best;

  @Mixin private RunRecords records;

  @Option(names = "--objective", paramLabel = "FN", description = "The function to make small (default: loss).")
  private String objective;

  @Option(names = "--metrics", paramLabel = "FN", split = ",",
      description = "Functions whose means over the test examples are told (default: hits or accuracy).")
  private List<String> metrics;

  @Option(names = "--set", paramLabel = "KEY=VALUE",
      description = "Any setting of a recipe, such as \"groups=[group(\\\"net.0\\\", rate=0.1)]\"; may be repeated.")
  private List<String> others = List.of();

  TrainCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    if (weights != null && resume != null) {
      throw usage("--resume has weights of its own: leave out --weights, or start anew from them without --resume");
    }
    if (renaming != null && weights == null) {
      throw usage("--rename needs --weights");
    }
    Checkpoint from = resume == null ? null : Checkpoint.peek(resume);
    LoadedRecipe loaded = LoadedRecipe.load(files, console, new TrainingRequest(recipe, settings(from)));
    DataSet set = DataSources.open(data);
    Path target = out != null ? out : from != null ? resume
        : Path.of("checkpoints", loaded.spec().name() + ".safetensors");
    console.err().println("data: " + set.name() + ", scaling: " + set.scaling());
    TrainingPlan plan = loaded.recipe().plan(set, target);
    Model model = loaded.recipe().model();
    try (TrainingDisplay display = new TrainingDisplay(console)) {
      Function trained = Trainer.objective(model, plan.objective());
      IndexRanges.check(loaded.graph(trained.name()), set, Feed.match(trained, set));
      List<TrainingListener> listeners = new ArrayList<>(List.of(display));
      listeners.addAll(records.listeners());
      Trainer trainer = new Trainer(model, loaded.recipe().optimizer(), set, plan, TrainingListener.all(listeners));
      try (StopOnInterrupt guard = new StopOnInterrupt(trainer, () -> Runtime.getRuntime().halt(Main.INPUT_WRONG))) {
        TrainingResult result = from != null ? trainer.resume(resume) : weights == null ? trainer.run()
            : trainer.runFrom(weights, renaming == null ? Renaming.NONE : Renaming.read(renaming));
        display.close();
        records.write(loaded.spec().name() + " on " + set.name(), facts(set, plan), result);
        tell(result);
      }
    }
  }

  /** What a report says at its top. */
  private Map<String, String> facts(DataSet set, TrainingPlan plan) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("data", set.name() + ": " + set.train().count() + " examples to train, " + set.test().count()
        + " to test; " + set.scaling());
    plan.settings().lines().forEach(line -> set(line, facts));
    facts.put("weights", plan.checkpoint().toString());
    return facts;
  }

  /** What the checkpoint to resume was made with, and over it what the command says. */
  private Map<String, String> settings(Checkpoint from) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (from != null) {
      settings.put("batch", batchText(from.batchSize()));
      settings.put("seed", Long.toString(from.seed()));
      settings.put("optimizer", from.optimizer());
      from.settings().lines().forEach(line -> set(line, settings));
    }
    put(settings, "objective", objective);
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
  private static boolean set(String text, Map<String, String> settings) {
    Matcher parts = Pattern.compile("\\s*([A-Za-z_]\\w*)\\s*=\\s*(.+)", Pattern.DOTALL).matcher(text);
    if (parts.matches()) {
      settings.put(parts.group(1), parts.group(2).strip());
    }
    return parts.matches();
  }

  private static String batchText(int size) {
    return size == TrainingPlan.WHOLE ? "\"all\"" : Integer.toString(size);
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

  private void tell(TrainingResult result) {
    if (result.stopped()) {
      console.err().println("stopped in epoch " + (result.epochs() + 1) + " after step " + result.steps()
          + "; the state is in " + result.last());
      console.err().println("go on with --resume " + result.last());
      throw new Failures.Told();
    }
    if (result.impatient()) {
      console.out().printf("ended early, after epoch %d: none of the last epochs was better than the best%n",
          result.epochs());
    }
    console.out().printf(Locale.ROOT, "trained %,d steps in %.1f s%n", result.steps(), result.seconds());
    result.test().ifPresent(score -> {
      score.confusion().ifPresent(confusion -> console.out().print("\n" + confusion.table() + "\n"));
      console.out().printf(Locale.ROOT, "test loss %.4f%n", score.loss());
      if (!Double.isNaN(score.accuracy())) {
        console.out().printf(Locale.ROOT, "test accuracy %.2f %%%n", 100 * score.accuracy());
      }
      score.metrics().forEach((name, value) -> console.out().printf(Locale.ROOT, "test %s %.4f%n", name, value));
    });
    console.out().println("weights: " + result.last());
    console.out().println("best epoch's weights: " + result.best());
    records.files().forEach(file -> console.out().println("record: " + file));
  }
}
