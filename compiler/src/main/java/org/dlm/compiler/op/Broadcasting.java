package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;

/**
 * One-sided broadcasting: axes are aligned at the right, an axis stretches only if it is missing or has the literal
 * length 1, and one of the operands already has the shape of the result.
 */
public final class Broadcasting {
  private Broadcasting() {}

  /** The operands, stretched to one shape. */
  static List<Value> align(GraphBuilder g, List<Value> operands, String what) {
    Shape shape = resultShape(operands.stream().map(Value::shape).toList(), what);
    List<Value> aligned = new ArrayList<>();
    for (Value operand : operands) {
      aligned.add(stretch(g, operand, shape));
    }
    return aligned;
  }

  /** Repeats {@code value} up to {@code shape}; a constant is simply made larger. */
  static Value stretch(GraphBuilder g, Value value, Shape shape) {
    if (value.shape().equals(shape)) {
      return value;
    }
    if (value.op() instanceof Full(DType element, double number, Shape from)) {
      requireStretches(from, shape, 0);
      return g.add(new Full(element, number, shape));
    }
    return g.add(new Broadcast(shape), value);
  }

  /** The shape of that operand to which all others stretch. */
  static Shape resultShape(List<Shape> operands, String what) {
    ShapeProblem undecided = null;
    for (Shape candidate : operands) {
      try {
        for (int i = 0; i < operands.size(); i++) {
          requireStretches(operands.get(i), candidate, i);
        }
        return candidate;
      } catch (ShapeProblem problem) {
        undecided = problem.code() == Code.E0303 ? problem : undecided;
      }
    }
    if (undecided != null) {
      throw undecided;
    }
    throw new ShapeProblem(Code.E0304, -1, what + " of " + sentence(operands) + ": neither has the shape of the result",
        help(operands));
  }

  private static String help(List<Shape> operands) {
    Shape a = operands.getFirst();
    Shape b = operands.getLast();
    if (a.rank() == 1 && b.rank() > 1 && b.dims().contains(a.dim(0))) {
      return "axes are aligned at the right; give the vector its place with reshape";
    }
    return "axes are aligned at the right; only an axis of length 1 or a missing one stretches,"
        + " and only in one operand";
  }

  private static String sentence(List<Shape> operands) {
    StringBuilder text = new StringBuilder(operands.getFirst().toString());
    for (int i = 1; i < operands.size(); i++) {
      text.append(i == operands.size() - 1 ? " and " : ", ").append(operands.get(i));
    }
    return text.toString();
  }

  static void requireStretches(Shape from, Shape to, int input) {
    String message = from + " does not stretch to " + to;
    if (from.rank() > to.rank()) {
      throw new ShapeProblem(Code.E0304, input, message, null);
    }
    ShapeProblem undecided = null;
    for (int i = 1; i <= from.rank(); i++) {
      Dim a = from.dim(from.rank() - i);
      Dim b = to.dim(to.rank() - i);
      if (a.equals(b) || a.is(1)) {
        continue;
      }
      if (b.is(1) || Require.surelyDifferent(a, b)) {
        throw new ShapeProblem(Code.E0304, input, message, null);
      }
      undecided = Require.unproved(a + " == " + b, input, from + " and " + to);
    }
    if (undecided != null) {
      throw undecided;
    }
  }

  static void requireSameShapes(List<Value> inputs, String what) {
    for (int i = 1; i < inputs.size(); i++) {
      if (!inputs.get(i).shape().equals(inputs.getFirst().shape())) {
        throw new ShapeProblem(Code.E0304, i, what + " of " + inputs.getFirst().shape() + " and "
            + inputs.get(i).shape(), null);
      }
    }
  }
}
