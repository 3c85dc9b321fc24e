package org.dlm.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.shape.Dim;

/** Counts the multiply-adds of contractions (einsum, convolution): what the work of a network mostly is. */
final class Arithmetic {
  private Arithmetic() {}

  /** For one call, forward. */
  static long forward(Graph graph, Map<String, Long> dims) {
    return graph.values().stream().mapToLong(v -> of(v, dims)).sum();
  }

  /**
   * Forward and backward: a contraction's gradient is as much work again for each operand that depends on a parameter.
   */
  static long training(Graph graph, Map<String, Long> dims) {
    return training(graph, new HashSet<>(), dims);
  }

  /** {@code learned}: the values that depend on a parameter, at first those of the inputs. */
  private static long training(Graph graph, Set<Value> learned, Map<String, Long> dims) {
    long sum = 0;
    for (Value value : graph.values()) {
      boolean parameter = value.op() instanceof Given given && given.kind() == Given.Kind.PARAMETER;
      if (parameter || value.inputs().stream().anyMatch(learned::contains)) {
        learned.add(value);
      }
      sum += value.op().lower(value) instanceof Lowering.Repeat repeat ? training(value, repeat, learned, dims)
          : of(value, dims) * (1 + value.inputs().stream().filter(learned::contains).count());
    }
    return sum;
  }

  private static long training(Value loop, Lowering.Repeat repeat, Set<Value> learned, Map<String, Long> dims) {
    Set<Value> inside = new HashSet<>();
    for (int i = 0; i < loop.inputs().size(); i++) {
      if (learned.contains(loop.input(i))) {
        inside.add(repeat.body().inputs().get(i));
      }
    }
    // What a step carries on depends on a parameter if the step before made it so.
    training(repeat.body(), inside, dims);
    for (int i = 0; i < repeat.carries(); i++) {
      if (inside.contains(repeat.body().results().get(i).value())) {
        inside.add(repeat.body().inputs().get(repeat.walked() + i));
      }
    }
    return training(repeat.body(), inside, dims) * repeat.extent().evaluate(dims);
  }

  /** Of one value; 0 for what is no contraction (a sum of products of two inputs) and no loop around some. */
  static long of(Value value, Map<String, Long> dims) {
    if (value.op().lower(value) instanceof Lowering.Repeat repeat) {
      return forward(repeat.body(), dims) * repeat.extent().evaluate(dims);
    }
    if (value.inputs().size() != 2
        || !(value.op().lower(value) instanceof Lowering.Reduce(List<Axis> axes, List<Axis> over, var c, Expr sum))) {
      return 0;
    }
    long product = 1;
    for (List<Axis> some : List.of(axes, over)) {
      for (Axis axis : some) {
        product *= axis.extent().evaluate(dims);
      }
    }
    return product / zeros(sum, dims);
  }

  /**
   * Of how many products one is with an element and not with a zero between elements: a transposed convolution with
   * stride 2 meets one in four.
   */
  private static long zeros(Expr sum, Map<String, Long> dims) {
    return switch (sum) {
      case Expr.Call call -> call.args().stream().mapToLong(arg -> zeros(arg, dims)).reduce(1, (a, b) -> a * b);
      case Expr.Element element -> element.at().stream()
          .mapToLong(index -> index instanceof Index.Exactly(Index of, Dim divisor) ? divisor.evaluate(dims) : 1)
          .reduce(1, (a, b) -> a * b);
      default -> 1;
    };
  }
}
