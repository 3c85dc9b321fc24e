package org.dlm.compiler.build;

import java.util.List;
import java.util.Optional;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.shape.Shape;

/** What an initialiser needs of its numbers and of the tensor it fills, so that none fails when a model is made. */
final class InitialiserRules {
  /** Why an initialiser does not fit. */
  record Problem(Code code, String message) {}

  private InitialiserRules() {}

  static Optional<Problem> problem(ModelSpec.Initial initial, String name, Shape shape) {
    List<Double> numbers = initial.args();
    String problem = numbers.stream().anyMatch(n -> !Double.isFinite(n) && !initial.kind().equals("full"))
        ? "needs finite numbers, not " + numbers : ofNumbers(initial.kind(), numbers);
    if (problem != null) {
      return Optional.of(new Problem(Code.E0402, "the initialiser `" + initial.kind() + "` of `" + name + "` "
          + problem));
    }
    return switch (initial.kind()) {
      case "orthogonal" -> rank(initial, name, shape, shape.rank() >= 2, "at least 2 axes");
      case "eye" -> rank(initial, name, shape, shape.rank() == 2, "2 axes");
      default -> Optional.empty();
    };
  }

  private static String ofNumbers(String kind, List<Double> numbers) {
    return switch (kind) {
      case "uniform" -> numbers.get(0) > numbers.get(1)
          ? "draws from " + numbers.get(0) + " up to " + numbers.get(1) + ", which is less" : null;
      case "normal", "truncated_normal" -> numbers.getLast() < 0
          ? "needs a standard deviation of at least 0, not " + numbers.getLast() : null;
      default -> null;
    };
  }

  private static Optional<Problem> rank(ModelSpec.Initial initial, String name, Shape shape, boolean fits,
      String axes) {
    return fits ? Optional.empty() : Optional.of(new Problem(Code.E0302,
        "the initialiser `" + initial.kind() + "` fills a tensor of " + axes + ", but `" + name + "` is " + shape));
  }
}
