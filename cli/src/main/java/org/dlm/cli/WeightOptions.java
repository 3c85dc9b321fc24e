package org.dlm.cli;

import java.nio.file.Path;
import org.dlm.runtime.Model;
import org.dlm.runtime.predict.Predictor;
import org.dlm.runtime.store.Renaming;
import org.dlm.runtime.store.Weights;
import picocli.CommandLine.Option;

/** Which trained weights a command uses. */
final class WeightOptions {
  @Option(names = "--weights", paramLabel = "W", required = true,
      description = "Parameters and buffers under their paths, such as a checkpoint.")
  private Path weights;

  @Option(names = "--rename", paramLabel = "FILE",
      description = "Lines NAME -> PATH: what tensors of W are called in the model, * for any text.")
  private Path renaming;

  /** Says where weights that fit come from a model that computes something else. */
  static void note(Model model, Path weights, Console console) {
    Weights.warning(model, weights).ifPresent(text -> console.err().println("note: " + text));
  }

  /** The model with these weights. */
  Predictor predictor(LoadedModel loaded, Console console) {
    Predictor predictor = Predictor.of(loaded::model, weights,
        renaming == null ? Renaming.NONE : Renaming.read(renaming));
    note(loaded.model(), weights, console);
    return predictor;
  }
}
