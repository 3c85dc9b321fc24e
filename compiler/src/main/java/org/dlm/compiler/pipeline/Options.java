package org.dlm.compiler.pipeline;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What to make besides the files' own models.
 *
 * @param dumps stages to print
 * @param models names of the models wanted, all of the given files where empty
 * @param optimizers optimizers to compile as well, each declared in the files or in the prelude
 */
public record Options(Set<Stage> dumps, Set<String> models, List<String> optimizers) {
  public static final Options DEFAULT = new Options(EnumSet.noneOf(Stage.class), Set.of(), List.of());

  public Options {
    dumps = Set.copyOf(dumps);
    models = Set.copyOf(models);
    optimizers = List.copyOf(optimizers);
  }

  public Options withDumps(Set<Stage> wanted) {
    return new Options(wanted, models, optimizers);
  }

  public Options withModels(Set<String> wanted) {
    return new Options(dumps, wanted, optimizers);
  }

  public Options withOptimizers(List<String> names) {
    return new Options(dumps, models, names);
  }
}
