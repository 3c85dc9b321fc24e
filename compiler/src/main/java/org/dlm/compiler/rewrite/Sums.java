package org.dlm.compiler.rewrite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.op.Broadcast;
import org.dlm.compiler.op.Einsum;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.Pointwise;
import org.dlm.compiler.op.Reduce;
import org.dlm.compiler.op.ScalarFn;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** Rewrites of reductions: constants, repetitions and common factors leave the sum. */
final class Sums {
  private Sums() {}

  static boolean isSum(Value value) {
    return value.op() instanceof Reduce(Combiner combiner, List<Integer> axes, boolean keep) && combiner == Combiner.SUM
        && !keep && value.type().element() == DType.F32;
  }

  /**
   * What is left of {@code value} without {@code axes}, if it only repeats itself along these; else null. The shape is
   * that of a reduction that does not keep the axes.
   */
  static Value once(Operators o, Value value, List<Integer> axes) {
    Shape large = value.shape();
    List<Dim> kept = new ArrayList<>();
    for (int i = 0; i < large.rank(); i++) {
      if (!axes.contains(i)) {
        kept.add(large.dim(i));
      }
    }
    if (Rules.constant(value) != null) {
      return o.full(value.type().element(), Rules.constant(value), new Shape(kept));
    }
    if (!(value.op() instanceof Broadcast)) {
      return null;
    }
    Value small = value.input(0);
    int added = large.rank() - small.shape().rank();
    List<Dim> rest = new ArrayList<>();
    for (int i = added; i < large.rank(); i++) {
      if (!axes.contains(i)) {
        rest.add(small.shape().dim(i - added));
      } else if (!small.shape().dim(i - added).is(1)) {
        return null;
      }
    }
    return axes.stream().anyMatch(a -> a < added || !large.dim(a).is(1))
        ? o.broadcast(o.reshape(small, new Shape(rest)), new Shape(kept)) : null;
  }

  /** The products are summed where they are made. */
  static Value sumOfEinsum(Operators o, GraphBuilder g, Value value) {
    if (!isSum(value) || !(value.input(0).op() instanceof Einsum(String left, String right, String result))) {
      return null;
    }
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < result.length(); i++) {
      if (!((Reduce) value.op()).axes().contains(i)) {
        kept.append(result.charAt(i));
      } else if (left.indexOf(result.charAt(i)) < 0 || right.indexOf(result.charAt(i)) < 0) {
        return null;
      }
    }
    return g.add(new Einsum(left, right, kept.toString()), value.input(0).inputs());
  }

  static Value summedConstant(Operators o, GraphBuilder g, Value value) {
    if (!(value.op() instanceof Reduce(Combiner combiner, List<Integer> axes, boolean keep)) || combiner != Combiner.SUM
        || Rules.constant(value.input(0)) == null) {
      return null;
    }
    Dim count = new Shape(axes.stream().map(value.input(0).shape()::dim).toList()).size();
    return count.isConstant()
        ? o.full(value.type().element(), Rules.constant(value.input(0)) * count.constant(), value.shape()) : null;
  }

  /** Where all summed axes only repeat a smaller tensor, its elements are multiplied by how often they occur. */
  static Value sumOfBroadcast(Operators o, GraphBuilder g, Value value) {
    if (!isSum(value) || !(value.input(0).op() instanceof Broadcast)) {
      return null;
    }
    List<Integer> axes = ((Reduce) value.op()).axes();
    Value once = once(o, value.input(0), axes);
    return once == null ? null
        : o.mul(once, o.size(new Shape(axes.stream().map(value.input(0).shape()::dim).toList()).size()));
  }

  /** A factor or divisor that the sum only meets repeated is applied once to the sum. */
  static Value sumOfScaled(Operators o, GraphBuilder g, Value value) {
    Value product = isSum(value) ? value.input(0) : null;
    if (product == null || !Rules.applies(product, ScalarFn.MUL) && !Rules.applies(product, ScalarFn.DIV)) {
      return null;
    }
    List<Integer> axes = ((Reduce) value.op()).axes();
    Value once = once(o, product.input(1), axes);
    if (once != null) {
      return o.apply(((Pointwise) product.op()).function(), o.sum(product.input(0), axes, false), once);
    }
    once = Rules.applies(product, ScalarFn.MUL) ? once(o, product.input(0), axes) : null;
    return once == null ? null : o.mul(once, o.sum(product.input(1), axes, false));
  }

  static Value reduceTwice(Operators o, GraphBuilder g, Value value) {
    if (!(value.op() instanceof Reduce outer) || !(value.input(0).op() instanceof Reduce inner)
        || outer.combiner() != inner.combiner() || outer.keep() != inner.keep()) {
      return null;
    }
    Value x = value.input(0).input(0);
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < x.shape().rank(); i++) {
      if (inner.keep() || !inner.axes().contains(i)) {
        left.add(i);
      }
    }
    List<Integer> axes = new ArrayList<>(inner.axes());
    outer.axes().stream().map(left::get).filter(a -> !axes.contains(a)).forEach(axes::add);
    Collections.sort(axes);
    return o.reduce(outer.combiner(), x, axes, outer.keep());
  }
}
