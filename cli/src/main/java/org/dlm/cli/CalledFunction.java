package org.dlm.cli;

import java.nio.file.Path;
import java.util.List;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.Suggestion;
import org.dlm.runtime.store.Renaming;
import org.dlm.runtime.store.Weights;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which function of a model a command takes, and with which weights. */
final class CalledFunction {
  @Spec(Spec.Target.MIXEE) private CommandSpec spec;

  @Option(names = "--fn", paramLabel = "F", defaultValue = "forward",
      description = "The function (default: ${DEFAULT-VALUE}).")
  private String function;

  @Option(names = "--weights", paramLabel = "W",
      description = "Parameters and buffers under their paths (default: initial values).")
  private Path weights;

  @Option(names = "--rename", paramLabel = "FILE",
      description = "Lines NAME -> PATH: what tensors of W are called in the model, * for any text.")
  private Path renaming;

  /** The name of the function, which the model has. */
  String of(LoadedModel loaded) {
    List<String> names = loaded.functionNames();
    if (!names.contains(function)) {
      throw new InputProblem("the model " + loaded.spec().name() + " has no function `" + function + "`"
          + Suggestion.didYouMean(function, names), "It has " + String.join(", ", names) + "; name one with --fn.");
    }
    return function;
  }

  /** Refuses options that say nothing together. */
  void check() {
    if (renaming != null && weights == null) {
      throw new ParameterException(spec.commandLine(), "--rename needs --weights");
    }
  }

  /** Gives the model its weights: those of the file, or fresh ones. */
  void fill(Model model, long seed, Console console) {
    if (weights == null) {
      model.initialize(seed);
    } else {
      Weights.load(model, weights, renaming == null ? Renaming.NONE : Renaming.read(renaming));
      WeightOptions.note(model, weights, console);
    }
  }
}
