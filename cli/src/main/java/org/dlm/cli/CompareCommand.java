package org.dlm.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.dlm.compiler.pipeline.TrainingRequest;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.train.EpochReport;
import org.dlm.runtime.train.History;
import org.dlm.runtime.train.Recipe;
import org.dlm.runtime.train.Trainer;
import org.dlm.runtime.train.TrainingListener;
import org.dlm.runtime.train.TrainingPlan;
import org.dlm.runtime.train.TrainingProgress;
import org.dlm.runtime.train.TrainingResult;
import org.dlm.runtime.train.TrainingStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm compare}: the same model from the same start under several optimizers or learning rates. */
@Command(name = "compare", description = "Train a model under several optimizers or rates and compare how that goes.",
    footer = {"", "All runs begin with the same weights and see the same examples in the same order. Each is preceded"
        + " by some seconds of training that do not count, so that Java has optimised the code before time is taken."})
final class CompareCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Option(names = "--recipe", paramLabel = "R", description = "The recipe, where the files have several.")
  private String recipe;

  @Option(names = "--data", paramLabel = "SPEC", required = true, description = "The data set, as for dlm train.")
  private String data;

  @Option(names = "--optimizers", paramLabel = "LIST",
      description = "Update rules separated by commas: \"SGD(lr=0.1),Adagrad,Adam\".")
  private String optimizers = "";

  @Option(names = "--rates", paramLabel = "LIST",
      description = "Learning rates or schedules separated by commas: \"0.1,0.01,cosine(0.1)\"; each with each"
          + " optimizer.")
  private String rates = "";

  @Option(names = "--to-loss", paramLabel = "X",
      description = "The training loss to which steps and seconds are told (default: the lowest that all runs reach).")
  private Double target;

  @Option(names = "--warm-up", paramLabel = "S", defaultValue = "3",
      description = "Seconds of training that do not count, before each run (default: ${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(names = "--out", paramLabel = "DIR", defaultValue = "comparison",
      description = "Where table, trajectories, pictures and weights go (default: ${DEFAULT-VALUE}).")
  private Path folder;

  @Mixin private RecipeOptions options;

  CompareCommand(Console console) {
    super(console);
  }

  /** What one run has of its own. */
  private record Variant(String name, Map<String, String> settings) {}

  @Override
  void execute() {
    List<Comparison.Run> runs = new ArrayList<>();
    List<LoadedRecipe> loaded = new ArrayList<>();
    List<Variant> variants = variants();
    // All are compiled before the first one runs: a mistake in the last must not cost the time of the others.
    variants.forEach(v -> loaded.add(LoadedRecipe.load(files, console, new TrainingRequest(recipe, v.settings()))));
    DataSet set = loaded.getFirst().recipe().open(data);
    console.err().println("data: " + set.name() + ", scaling: " + set.scaling());
    for (int i = 0; i < variants.size(); i++) {
      runs.add(run(variants.get(i), loaded.get(i), set));
    }
    Comparison comparison = Comparison.of(runs, target == null ? Double.NaN : target);
    console.out().print(comparison.table());
    for (Path file : comparison.write(folder, loaded.getFirst().spec().name() + " on " + set.name())) {
      console.out().println("record: " + file);
    }
  }

  private List<Variant> variants() {
    List<Variant> variants = new ArrayList<>();
    for (String optimizer : optimizers.isEmpty() ? List.of("") : split(optimizers)) {
      for (String rate : rates.isEmpty() ? List.of("") : split(rates)) {
        Map<String, String> settings = new LinkedHashMap<>(options.settings());
        if (!optimizer.isEmpty()) {
          settings.put("optimizer", optimizer);
        }
        if (!rate.isEmpty()) {
          settings.put("rate", rate);
        }
        String name = optimizer.isEmpty() ? rate : rate.isEmpty() ? optimizer : optimizer + ", " + rate;
        if (variants.stream().anyMatch(v -> v.name().equals(name))) {
          throw usage("`" + name + "` is named twice");
        }
        variants.add(new Variant(name, settings));
      }
    }
    if (variants.size() < 2) {
      throw usage("there is nothing to compare: name at least two with --optimizers or --rates, separated by commas");
    }
    return variants;
  }

  /** At the commas that are in no bracket. */
  static List<String> split(String list) {
    List<String> parts = new ArrayList<>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i <= list.length(); i++) {
      char c = i == list.length() ? ',' : list.charAt(i);
      depth += c == '(' || c == '[' ? 1 : c == ')' || c == ']' ? -1 : 0;
      if (c == ',' && (depth == 0 || i == list.length())) {
        parts.add(list.substring(from, i).strip());
        from = i + 1;
      }
    }
    return parts.stream().filter(part -> !part.isEmpty()).toList();
  }

  private Comparison.Run run(Variant variant, LoadedRecipe loaded, DataSet set) {
    Recipe settings = loaded.recipe();
    TrainingPlan plan = settings.plan(set, folder.resolve(fileName(variant.name()) + ".safetensors"));
    Model model = settings.model();
    IndexRanges.check(loaded::graph, Trainer.objectives(model, plan.objectives()), set);
    console.err().println("--- " + variant.name());
    if (warmUp > 0) {
      warmUp(model, settings, set, plan);
    }
    History history = new History();
    try (TrainingDisplay display = new TrainingDisplay(console)) {
      Trainer trainer = new Trainer(model, settings.optimizers(), set, plan,
          TrainingListener.all(List.of(display, history)));
      TrainingResult result = trainer.run();
      return new Comparison.Run(variant.name(), history, result, "");
    } catch (InputProblem diverged) {
      if (history.points().isEmpty()) {
        throw diverged;
      }
      // A rate that is too large is a result of the comparison, not its end.
      console.err().println(variant.name() + ": " + diverged.getMessage());
      return new Comparison.Run(variant.name(), history, null, "diverged");
    }
  }

  private void warmUp(Model model, Recipe settings, DataSet set, TrainingPlan plan) {
    Clock clock = new Clock();
    TrainingPlan once = settings.plan(set, plan.checkpoint());
    clock.trainer = new Trainer(model, settings.optimizers(), set, once, clock);
    try {
      clock.trainer.run();
    } catch (InputProblem diverged) {
      // The run that counts will say so.
    }
  }

  /** Stops a run when its time is over. */
  private final class Clock implements TrainingListener {
    private Trainer trainer;
    private long end;

    @Override
    public void started(TrainingStart start) {
      end = System.nanoTime() + (long) (warmUp * 1e9);
    }

    @Override
    public void step(TrainingProgress progress) {
      if (System.nanoTime() > end) {
        trainer.stop();
      }
    }

    @Override
    public void epoch(EpochReport report) {}
  }

  private static String fileName(String variant) {
    return variant.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^-|-$", "");
  }
}
