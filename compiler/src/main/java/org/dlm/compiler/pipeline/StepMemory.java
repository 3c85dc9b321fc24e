package org.dlm.compiler.pipeline;

import java.util.Map;
import java.util.Optional;
import org.dlm.compiler.model.ModelSpec;

/**
 * What a training step keeps in memory besides parameters: the temporaries that are needed at once, and how many parts
 * of the function are computed a second time ({@code #remat}) to make that less.
 */
public record StepMemory(long bytes, long regions) {
  /** Of a function that has a gradient, at the given open dims. */
  public static Optional<StepMemory> of(ModelSpec.Function function, Map<String, Long> dims) {
    return WriteJava.gradient(function, function.training())
        .map(graph -> new StepMemory(WriteJava.plan(graph).peak(dims), regions(function)));
  }

  /** How many parts of the function are computed a second time in its gradient. */
  public static long regions(ModelSpec.Function function) {
    return function.training().values().stream().mapToInt(v -> v.origin().region()).filter(r -> r != 0).distinct()
        .count();
  }
}
