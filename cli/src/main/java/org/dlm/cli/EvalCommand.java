package org.dlm.cli;

import java.util.List;
import java.util.Locale;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSource;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.train.Evaluation;
import org.dlm.runtime.train.Score;
import org.dlm.runtime.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm eval}: how good trained weights are on a data set. */
@Command(name = "eval", description = "Measure a trained model on a data set.")
final class EvalCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Mixin private WeightOptions weights;

  @Option(names = "--data", paramLabel = "SPEC", required = true, description = "The data set, as for dlm train.")
  private String data;

  @Option(names = "--part", paramLabel = "P", defaultValue = "test",
      description = "test, validation or train (default: ${DEFAULT-VALUE}).")
  private String part;

  @Option(names = "--objective", paramLabel = "FN", split = ",",
      description = "The functions that training made small (default: loss).")
  private List<String> objectives = List.of();

  @Option(names = "--metrics", paramLabel = "FN", split = ",",
      description = "Functions whose means are told (default: hits or accuracy).")
  private List<String> metrics = List.of();

  @Option(names = "--batch", paramLabel = "B", defaultValue = "64",
      description = "Examples that are computed together (default: ${DEFAULT-VALUE}).")
  private int batch;

  EvalCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    if (batch < 1) {
      throw usage("--batch " + batch + ": at least one example");
    }
    LoadedModel loaded = LoadedModel.load(files, console, null);
    DataSet set = DataSources.open(data, weights.predictor(loaded, console).facts());
    DataSource examples = switch (part) {
      case "test" -> set.test();
      case "validation" -> set.validation();
      case "train" -> set.train();
      default -> throw usage("--part " + part + ": test, validation or train");
    };
    IndexRanges.check(loaded::graph, Trainer.objectives(loaded.model(), objectives), set);
    Score score = Evaluation.measure(loaded.model(), set, examples, objectives, metrics, batch);
    console.out().printf(Locale.ROOT, "%s of %s, %,d examples%n", part, set.name(), examples.count());
    score.confusion().ifPresent(c -> console.out().print("\n" + c.table() + "\n"));
    score.names().forEach(name -> console.out().printf(Locale.ROOT, name.equals("accuracy") ? "%s %.2f %%%n"
        : "%s %.4f%n", name, name.equals("accuracy") ? 100 * score.value(name) : score.value(name)));
  }
}
