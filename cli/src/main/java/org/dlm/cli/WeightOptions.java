package org.dlm.cli;

import java.nio.file.Path;
import org.dlm.runtime.predict.Predictor;
import org.dlm.runtime.store.Renaming;
import picocli.CommandLine.Option;

/** Which trained weights a command uses. */
final class WeightOptions {
  @Option(names = "--weights", paramLabel = "W", required = true,
      description = "Parameters and buffers under their paths, such as a checkpoint.")
  private Path weights;

  @Option(names = "--rename", paramLabel = "FILE",
      description = "Lines NAME -> PATH: what tensors of W are called in the model, * for any text.")
  private Path renaming;

  /** The model with these weights. */
  Predictor predictor(LoadedModel loaded) {
    return Predictor.of(loaded::model, weights, renaming == null ? Renaming.NONE : Renaming.read(renaming));
  }
}
