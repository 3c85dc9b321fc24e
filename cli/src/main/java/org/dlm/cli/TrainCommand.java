package org.dlm.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.dlm.runtime.Function;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.Feed;
import org.dlm.runtime.store.Checkpoint;
import org.dlm.runtime.train.StopOnInterrupt;
import org.dlm.runtime.train.Trainer;
import org.dlm.runtime.train.TrainingPlan;
import org.dlm.runtime.train.TrainingResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm train}: the main job. */
@Command(name = "train", description = "Train a model on a data set and write its weights.",
    footer = {"", "Data sets:", "  digits        1,797 handwritten digits, embedded",
        "  mnist:DIR     MNIST's own files", "  csv:FILE      rows of numbers and a label"})
final class TrainCommand extends BaseCommand {
  /** A small data set needs more rounds for as many steps; fewer than this many do not train a network. */
  private static final int FEWEST_STEPS = 1400;

  private static final int FEWEST_EPOCHS = 15;
  private static final int USUAL_BATCH = 64;

  @Mixin private ModelFiles files;

  @Option(names = "--data", paramLabel = "SPEC", required = true, description = "digits, mnist:DIR or csv:FILE.")
  private String data;

  @Option(names = "--optimizer", paramLabel = "SPEC",
      description = "The update rule, such as \"SGD(lr=0.1, momentum=0.9)\" (default: Adam(lr=1e-3)).")
  private String optimizer;

  @Option(names = "--epochs", paramLabel = "E",
      description = "Times each example is seen (default: 15, more for a small data set).")
  private Integer epochs;

  @Option(names = "--batch", paramLabel = "B",
      description = "Examples in a step, or `all` (default: " + USUAL_BATCH + ").")
  private String batch;

  @Option(names = "--seed", paramLabel = "S", description = "Decides initial weights, order and dropout (default: 0).")
  private Long seed;

  @Option(names = "--out", paramLabel = "F",
      description = "Where the weights go (default: checkpoints/MODEL.safetensors).")
  private Path out;

  @Option(names = "--resume", paramLabel = "F", description = "Go on from a checkpoint.")
  private Path resume;

  @Option(names = "--objective", paramLabel = "FN", description = "The function to make small (default: loss).")
  private String objective;

  TrainCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    int batchSize = batchSize();
    Checkpoint from = resume == null ? null : Checkpoint.peek(resume);
    String rule = optimizer != null ? optimizer : from != null ? from.optimizer() : "Adam(lr=1e-3)";
    LoadedModel loaded = LoadedModel.load(files, console, rule);
    DataSet set = DataSources.open(data);
    Path target = out != null ? out : from != null ? resume
        : Path.of("checkpoints", loaded.spec().name() + ".safetensors");
    int size = batchSize > 0 ? batchSize : from != null ? from.batchSize() : USUAL_BATCH;
    long start = seed != null ? seed : from != null ? from.seed() : 0;
    int stepsPerEpoch = Math.ceilDiv(set.train().count(), Math.min(size, set.train().count()));
    int rounds = epochs != null ? epochs : Math.max(FEWEST_EPOCHS, Math.ceilDiv(FEWEST_STEPS, stepsPerEpoch));
    console.err().println("data: " + set.name() + ", scaling: " + set.scaling());
    TrainingPlan plan = new TrainingPlan(rounds, size, start, target, rule, objective);
    try (TrainingDisplay display = new TrainingDisplay(console)) {
      Function trained = Trainer.objective(loaded.model(), objective);
      IndexRanges.check(loaded.graph(trained.name()), set, Feed.match(trained, set));
      Trainer trainer = new Trainer(loaded.model(), loaded.optimizer().orElseThrow(), set, plan, display);
      try (StopOnInterrupt guard = new StopOnInterrupt(trainer, () -> Runtime.getRuntime().halt(Main.INPUT_WRONG))) {
        TrainingResult result = from == null ? trainer.run() : trainer.resume(resume);
        display.close();
        tell(result);
      }
    }
  }

  private int batchSize() {
    if (batch == null) {
      return 0;
    }
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
    console.out().printf(Locale.ROOT, "trained %,d steps in %.1f s%n", result.steps(), result.seconds());
    result.test().ifPresent(score -> {
      score.confusion().ifPresent(confusion -> console.out().print("\n" + confusion.table() + "\n"));
      console.out().printf(Locale.ROOT, "test loss %.4f%n", score.loss());
      if (!Double.isNaN(score.accuracy())) {
        console.out().printf(Locale.ROOT, "test accuracy %.2f %%%n", 100 * score.accuracy());
      }
    });
    console.out().println("weights: " + result.last());
    console.out().println("best epoch's weights: " + result.best());
  }
}
