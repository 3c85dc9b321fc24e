package org.dlm.compiler.build;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.ParameterPatterns;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.Stop;
import org.dlm.compiler.shape.DType;

/** Which parameters of a model objectives move: those that they train and that their gradient reaches. */
final class TrainedParameters {
  private final Set<String> moved = new HashSet<>();

  TrainedParameters(List<ModelSpec.Function> objectives) {
    for (ModelSpec.Function objective : objectives) {
      ParameterPatterns trained = new ParameterPatterns(objective.trainable());
      reached(objective.training().results().getFirst().value()).stream().filter(trained::match).forEach(moved::add);
    }
  }

  /** Those that are meant to be trained and that nothing moves. */
  List<ModelSpec.Variable> leftAlone(ModelSpec model) {
    return model.parameters().stream().filter(v -> !v.frozen() && !moved.contains(v.path())).toList();
  }

  /** Whether the gradient of a value gets to any parameter. */
  static boolean reachesAny(Value value) {
    return !reached(value).isEmpty();
  }

  /** The paths of the parameters that the gradient of a value gets to: through f32 values, past no {@code stop}. */
  private static Set<String> reached(Value value) {
    Set<Value> seen = new HashSet<>();
    walk(value, seen);
    return seen.stream().filter(v -> v.op() instanceof Given given && given.kind() == Given.Kind.PARAMETER)
        .map(v -> ((Given) v.op()).path()).collect(Collectors.toSet());
  }

  private static void walk(Value value, Set<Value> seen) {
    if (value.type().element() == DType.F32 && !(value.op() instanceof Stop) && seen.add(value)) {
      value.inputs().forEach(input -> walk(input, seen));
    }
  }
}
