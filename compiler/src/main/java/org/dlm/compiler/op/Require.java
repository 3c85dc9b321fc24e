package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.ShapeProblem;

/**
 * The checks that shape rules share; each throws a {@link ShapeProblem} that says what was found and what is needed.
 */
final class Require {
  private Require() {}

  /** Equal dims pass; surely different ones are {@code code}, what cannot be decided is E0303. */
  static void equal(Dim left, Dim right, Code code, int input, String message, String help) {
    if (left.equals(right)) {
      return;
    }
    if (surelyDifferent(left, right)) {
      throw new ShapeProblem(code, input, message, help);
    }
    throw unproved(left + " == " + right, input, message);
  }

  static boolean surelyDifferent(Dim left, Dim right) {
    return surelyAtLeast(left.minus(right), 1) || surelyAtLeast(right.minus(left), 1);
  }

  static boolean surelyAtLeast(Dim dim, long bound) {
    return dim.lowerBound().filter(least -> least >= bound).isPresent();
  }

  static boolean mayExceed(Dim dim, long bound) {
    return !surelyAtLeast(dim.times(-1), -bound);
  }

  static ShapeProblem unproved(String relation, int input, String message) {
    return new ShapeProblem(Code.E0303, input, "cannot prove " + relation + ": " + message,
        "if it always holds, say it in the shapes; if callers must guarantee it, write `require " + relation + "`");
  }

  static void rank(Value value, int rank, int input, String what) {
    if (value.shape().rank() != rank) {
      throw new ShapeProblem(Code.E0302, input, what + " needs " + axes(rank) + ", not " + value.type(), null);
    }
  }

  static void rankAtLeast(Value value, int rank, int input, String what) {
    if (value.shape().rank() < rank) {
      throw new ShapeProblem(Code.E0302, input, what + " needs at least " + axes(rank) + ", not " + value.type(), null);
    }
  }

  static String axes(int count) {
    return count == 1 ? "1 axis" : count + " axes";
  }

  /** The same number of axes, equally long. */
  static void sameShape(Value first, Value other, int input, String what) {
    String message = what + " needs tensors of one shape, not " + first.type() + " and " + other.type();
    if (first.shape().rank() != other.shape().rank()) {
      throw new ShapeProblem(Code.E0302, input, message, null);
    }
    for (int i = 0; i < first.shape().rank(); i++) {
      equal(first.shape().dim(i), other.shape().dim(i), Code.E0301, input, message, null);
    }
  }

  static void element(Value value, DType type, int input, String what) {
    if (value.type().element() != type) {
      throw new ShapeProblem(Code.E0307, input, what + " needs " + type.source() + ", not " + value.type(),
          value.type().element() == DType.BOOL || type != DType.F32 ? null : "convert it: float(...)");
    }
  }

  static void sameElement(List<Value> values, String what) {
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i).type().element() != values.getFirst().type().element()) {
        throw new ShapeProblem(Code.E0307, i, what + " needs one element type, not " + values.getFirst().type()
            + " and "
            + values.get(i).type(), "convert one of them: float(...)");
      }
    }
  }

  /** An axis counted from the front, from one that may be negative (counted from the back). */
  static int axis(long axis, int rank, int input) {
    if (axis < -rank || axis >= rank) {
      throw new ShapeProblem(Code.E0308, input, "axis " + axis + " of a tensor with " + axes(rank),
          rank == 0 ? "a scalar has no axes" : "axes count from 0 to " + (rank - 1) + ", or from -1 backwards");
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Distinct axes in rising order. */
  static List<Integer> distinctAxes(List<Long> axes, int rank, int input) {
    TreeSet<Integer> found = new TreeSet<>();
    for (long axis : axes) {
      if (!found.add(axis(axis, rank, input))) {
        throw new ShapeProblem(Code.E0308, input, "axis " + axis + " is named twice", null);
      }
    }
    return new ArrayList<>(found);
  }
}
