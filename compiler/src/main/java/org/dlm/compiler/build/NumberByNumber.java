package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Substitution;

/**
 * Whether a graph treats all numbers of its tensors alike, whatever their shape: every value is pointwise, or a
 * reduction of a whole tensor to a single number. That is what an optimizer's update can be compiled from.
 */
final class NumberByNumber {
  private NumberByNumber() {}

  /** The first value that is something else. */
  static Optional<Value> offender(Graph graph) {
    return graph.values().stream().filter(v -> !fits(v)).findFirst();
  }

  private static boolean fits(Value value) {
    return switch (value.op().lower(value)) {
      case Lowering.Given g -> true;
      case Lowering.SameMemory s -> single(value) || value.shape().equals(value.input(0).shape());
      case Lowering.Map(List<Axis> axes, Expr element) -> pure(element) && elements(element).stream()
          .allMatch(e -> single(value.input(e.operand())) || !e.guarded() && e.at().equals(Index.of(axes)));
      case Lowering.Reduce(List<Axis> axes, List<Axis> over, var combiner, Expr element) -> single(value)
          && pure(element)
          && elements(element).stream().allMatch(e -> single(value.input(e.operand()))
              || !e.guarded() && new HashSet<>(e.at()).containsAll(Index.of(over)));
      default -> false;
    };
  }

  private static boolean single(Value value) {
    return value.shape().size().is(1);
  }

  private static List<Expr.Element> elements(Expr expr) {
    List<Expr.Element> found = new ArrayList<>();
    Substitution.ofElements(e -> {
      found.add(e);
      return e;
    }).apply(expr);
    return found;
  }

  /** Depends on nothing but elements and scalars: not on where the number stands, not on chance. */
  private static boolean pure(Expr expr) {
    return switch (expr) {
      case Expr.Constant c -> true;
      case Expr.Size s -> true;
      case Expr.Scalar s -> true;
      case Expr.Element e -> true;
      case Expr.Position p -> false;
      case Expr.Random r -> false;
      case Expr.Call c -> c.args().stream().allMatch(NumberByNumber::pure);
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> pure(condition) && pure(then) && pure(otherwise);
      case Expr.Cast c -> pure(c.value());
    };
  }
}
