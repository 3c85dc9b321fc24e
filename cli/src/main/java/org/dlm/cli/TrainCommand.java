package org.dlm.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.pipeline.TrainingRequest;
import org.dlm.runtime.Model;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.store.Checkpoint;
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
        "  images:DIR    pictures in a folder for each class",
        "  text:FILE     characters, words or byte pairs of a text",
        "  audio:DIR     WAV files", "  csv:FILE      rows of a table with a label or a number to predict",
        "  parquet:FILE  the same of a Parquet file",
        "  arrays:FILE   tensors of a safetensors or NumPy file",
        "  digit-words:DIR, digit-scenes:DIR",
        "                pictures composed of MNIST's digits, with their words or a class for each pixel",
        "  docs/data.md tells their options."})
final class TrainCommand extends BaseCommand {
  /** Settings that are meant to be others when a run is resumed. */
  private static final Set<String> LENGTHS = Set.of("epochs", "steps", "patience");

  @Mixin private ModelFiles files;

  @Option(names = "--recipe", paramLabel = "R", description = "The recipe, where the files have several.")
  private String recipe;

  @Option(names = "--data", paramLabel = "SPEC", required = true, description = "Such as digits, mnist:DIR, text:FILE.")
  private String data;

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

  @Mixin private RecipeOptions options;

  @Mixin private RunRecords records;

  private final FirstStep firstStep = new FirstStep();

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
    output(out);
    Checkpoint from = resume == null ? null : Checkpoint.peek(resume);
    LoadedRecipe loaded = LoadedRecipe.load(files, console, new TrainingRequest(recipe, settings(from)));
    DataSet set = loaded.recipe().open(data);
    Path target = out != null ? out : from != null ? resume
        : Path.of("checkpoints", loaded.spec().name() + ".safetensors");
    console.err().println("data: " + set.name() + ", scaling: " + set.scaling());
    TrainingPlan plan = loaded.recipe().plan(set, target);
    Model model = loaded.recipe().model();
    tellChanges(from);
    if (plan.batchSize() != TrainingPlan.WHOLE && plan.batchSize() > set.train().count()) {
      console.err().println("note: a batch of " + plan.batchSize() + " is more than the " + set.train().count()
          + " examples there are to train on; every step takes all of them");
    }
    try (TrainingDisplay display = new TrainingDisplay(console)) {
      IndexRanges.check(loaded::graph, Trainer.objectives(model, plan.objectives()), set);
      List<TrainingListener> listeners = new ArrayList<>(List.of(display, firstStep));
      listeners.addAll(records.listeners());
      Trainer trainer = new Trainer(model, loaded.recipe().optimizers(), set, plan, TrainingListener.all(listeners));
      try (StopOnInterrupt guard = new StopOnInterrupt(trainer, () -> Runtime.getRuntime().halt(Main.INPUT_WRONG))) {
        TrainingResult result = from != null ? trainer.resume(resume) : weights == null ? trainer.run()
            : runFrom(trainer, model);
        display.close();
        records.write(loaded.spec().name() + " on " + set.name(), facts(set, plan), result);
        tell(result);
      }
    }
  }

  private TrainingResult runFrom(Trainer trainer, Model model) {
    WeightOptions.note(model, weights, console);
    return trainer.runFrom(weights, renaming == null ? Renaming.NONE : Renaming.read(renaming));
  }

  /** What a report says at its top. */
  private Map<String, String> facts(DataSet set, TrainingPlan plan) {
    Map<String, String> facts = new LinkedHashMap<>();
    String validation = set.measured().equals("test") ? ""
        : String.format(Locale.ROOT, "%,d to validate, ", set.validation().count());
    facts.put("examples", String.format(Locale.ROOT, "%,d to train, %s%,d to test; %s", set.train().count(), validation,
        set.test().count(), set.scaling()));
    plan.settings().lines().forEach(line -> RecipeOptions.set(line, facts));
    facts.put("weights", plan.checkpoint().toString());
    return facts;
  }

  /** What the checkpoint to resume was made with, and over it what the command says. */
  private Map<String, String> settings(Checkpoint from) {
    Map<String, String> settings = new LinkedHashMap<>();
    if (from != null) {
      settings.put("batch", RecipeOptions.batchText(from.batchSize()));
      settings.put("seed", Long.toString(from.seed()));
      settings.put("optimizer", from.optimizer());
      from.settings().lines().forEach(line -> RecipeOptions.set(line, settings));
    }
    settings.putAll(options.settings());
    return settings;
  }

  /** Where a resumed run goes on otherwise than it began. */
  private void tellChanges(Checkpoint from) {
    if (from == null) {
      return;
    }
    Map<String, String> before = new LinkedHashMap<>();
    before.put("batch", RecipeOptions.batchText(from.batchSize()));
    before.put("seed", Long.toString(from.seed()));
    from.settings().lines().forEach(line -> RecipeOptions.set(line, before));
    options.settings().forEach((key, value) -> {
      String was = before.getOrDefault(key, "not set");
      if (!was.equals(value) && !LENGTHS.contains(key)) {
        console.err().println("note: resumed with " + key + " = " + value + "; the run began with " + key + " "
            + (before.containsKey(key) ? "= " + was : was));
      }
    });
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
    console.out().printf(Locale.ROOT, "trained %,d steps in %.1f s%s%n", result.steps(), result.seconds(),
        firstStep.text());
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
