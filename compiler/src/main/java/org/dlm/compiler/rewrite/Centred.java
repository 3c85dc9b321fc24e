package org.dlm.compiler.rewrite;

import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.op.Broadcast;
import org.dlm.compiler.op.DimSize;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.Reduce;
import org.dlm.compiler.op.Reshape;
import org.dlm.compiler.op.ScalarFn;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * Deviations from a mean add up to nothing, whatever repeated factor they all have. The gradient of a variance contains
 * such a sum, and it would cost a pass over the tensor to find out.
 */
final class Centred {
  private Centred() {}

  static Value sum(Operators o, GraphBuilder g, Value value) {
    if (!(value.op() instanceof Reduce(Combiner combiner, List<Integer> axes, boolean keep))
        || combiner != Combiner.SUM || value.type().element() != DType.F32) {
      return null;
    }
    Value core = withoutFactors(o, value.input(0), axes);
    return Rules.applies(core, ScalarFn.SUB) && isMean(core.input(1), core.input(0), axes) ? o.zeros(value.type())
        : null;
  }

  static Value example(Operators o, GraphBuilder g, Value x) {
    Value mean = o.div(o.sum(x, List.of(0, 1), true), o.constant(3));
    Value factor = o.exp(o.slice(x, 0, Dim.ZERO, Dim.ONE));
    return o.sum(o.neg(o.mul(o.sub(x, o.broadcast(mean, x.shape())), o.broadcast(factor, x.shape()))), List.of(0, 1),
        false);
  }

  /** Strips signs, doublings and factors that only repeat along the axes. */
  private static Value withoutFactors(Operators o, Value value, List<Integer> axes) {
    if (Rules.applies(value, ScalarFn.NEG) || Rules.applies(value, ScalarFn.ADD) && value.input(0) == value.input(1)) {
      return withoutFactors(o, value.input(0), axes);
    }
    if (Rules.applies(value, ScalarFn.MUL)) {
      for (int i = 0; i < 2; i++) {
        if (Sums.once(o, value.input(i), axes) != null) {
          return withoutFactors(o, value.input(1 - i), axes);
        }
      }
    }
    return value;
  }

  /** Whether {@code value} is the mean of {@code x} over the axes, repeated along them. */
  private static boolean isMean(Value value, Value x, List<Integer> axes) {
    if (!(value.op() instanceof Broadcast) || !value.shape().equals(x.shape())) {
      return false;
    }
    Shape small = value.input(0).shape();
    int added = x.shape().rank() - small.rank();
    for (int i = 0; i < x.shape().rank(); i++) {
      Dim expected = axes.contains(i) ? Dim.ONE : x.shape().dim(i);
      if (!expected.equals(i < added ? Dim.ONE : small.dim(i - added))) {
        return false;
      }
    }
    Dim count = new Shape(axes.stream().map(x.shape()::dim).toList()).size();
    Value mean = unreshaped(value.input(0));
    boolean divides = Rules.applies(mean, ScalarFn.DIV) && isNumber(mean.input(1), count)
        || Rules.applies(mean, ScalarFn.MUL) && isReciprocal(mean.input(1), count);
    return divides && unreshaped(mean.input(0)).op() instanceof Reduce(Combiner combiner, List<Integer> summed,
        boolean keep)
        && combiner == Combiner.SUM && summed.equals(axes) && unreshaped(mean.input(0)).input(0) == x;
  }

  private static boolean isReciprocal(Value value, Dim number) {
    return Rules.constant(value) != null && number.isConstant() && Rules.constant(value) == 1.0 / number.constant();
  }

  private static Value unreshaped(Value value) {
    return value.op() instanceof Reshape ? unreshaped(value.input(0)) : value;
  }

  private static boolean isNumber(Value value, Dim number) {
    Value scalar = value.op() instanceof Broadcast ? value.input(0) : value;
    return scalar.op() instanceof DimSize(DType type, Dim dim) ? dim.equals(number)
        : Rules.constant(scalar) != null && number.is((long) (double) Rules.constant(scalar))
            && Rules.constant(scalar) % 1 == 0;
  }
}
