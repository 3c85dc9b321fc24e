package org.dlm.compiler.pipeline;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What to make besides the files' own models.
 *
 * @param dumps stages to print
 * @param models names of the models wanted, all of the given files where empty
 * @param optimizers optimizers to compile as well, each declared in the files or in the prelude
 * @param path folders and jars with {@code .dlm} files that may be imported
 * @param training settings of a recipe that stand over those of the files
 * @param timed whether programs tell how long each of their steps takes
 * @param tunings what was measured about the models; where absent, what lies beside their files
 */
public record Options(Set<Stage> dumps, Set<String> models, List<String> optimizers, List<Path> path,
    Optional<TrainingRequest> training, boolean timed, Optional<List<Tuning>> tunings) {
  public static final Options DEFAULT =
      new Options(EnumSet.noneOf(Stage.class), Set.of(), List.of(), List.of(), Optional.empty(), false,
          Optional.empty());

  public Options {
    dumps = Set.copyOf(dumps);
    models = Set.copyOf(models);
    optimizers = List.copyOf(optimizers);
    path = List.copyOf(path);
  }

  public Options withDumps(Set<Stage> wanted) {
    return new Options(wanted, models, optimizers, path, training, timed, tunings);
  }

  public Options withModels(Set<String> wanted) {
    return new Options(dumps, wanted, optimizers, path, training, timed, tunings);
  }

  public Options withOptimizers(List<String> names) {
    return new Options(dumps, models, names, path, training, timed, tunings);
  }

  public Options withPath(List<Path> folders) {
    return new Options(dumps, models, optimizers, folders, training, timed, tunings);
  }

  public Options withTraining(TrainingRequest request) {
    return new Options(dumps, models, optimizers, path, Optional.of(request), timed, tunings);
  }

  public Options withTimes() {
    return new Options(dumps, models, optimizers, path, training, true, tunings);
  }

  public Options withTunings(List<Tuning> measured) {
    return new Options(dumps, models, optimizers, path, training, timed, Optional.of(measured));
  }
}
