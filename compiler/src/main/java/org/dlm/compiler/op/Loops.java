package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** The words that lowerings are written in. */
final class Loops {
  private Loops() {}

  /** One axis for each dim: {@code i0}, {@code i1}, ... */
  static List<Axis> axes(Shape shape) {
    return axes("i", shape.dims());
  }

  static List<Axis> axes(String name, List<Dim> dims) {
    List<Axis> axes = new ArrayList<>();
    for (Dim dim : dims) {
      axes.add(new Axis(name + axes.size(), dim));
    }
    return axes;
  }

  static Expr element(Value self, int input, List<Index> at) {
    return new Expr.Element(input, self.input(input).type().element(), at, false);
  }

  /** The element of input {@code ids} as a place on an axis of length {@code extent}. */
  static Index lookup(Value self, int ids, List<Index> at, Dim extent) {
    return new Index.Loaded(element(self, ids, at), extent, "`" + self.op().name() + "`, " + self.origin());
  }

  static Expr guarded(Value self, int input, List<Index> at) {
    return new Expr.Element(input, self.input(input).type().element(), at, true);
  }

  static Expr element(Value self, int input, List<Index> at, boolean guarded) {
    return new Expr.Element(input, self.input(input).type().element(), at, guarded);
  }

  static Expr call(ScalarFn function, Expr... args) {
    return new Expr.Call(function, List.of(args));
  }

  static Expr integer(long value) {
    return new Expr.Constant(DType.I32, value);
  }

  static Expr integer(Dim value) {
    return value.isConstant() ? integer(value.constant()) : new Expr.Size(DType.I32, value);
  }

  static Expr zero(DType type) {
    return new Expr.Constant(type, 0);
  }

  /** {@code 0 <= index < extent} for all pairs, as a bool; null where there is nothing to check. */
  static Expr inside(List<Index> at, List<Dim> extents) {
    Expr all = null;
    for (int i = 0; i < at.size(); i++) {
      Expr position = new Expr.Position(at.get(i));
      Expr one = call(ScalarFn.AND, call(ScalarFn.LE, integer(0), position),
          call(ScalarFn.LT, position, integer(extents.get(i))));
      all = all == null ? one : call(ScalarFn.AND, all, one);
    }
    return all;
  }

  /** The number of a point of the box that the axes span, counted row by row. */
  static Index linear(List<Axis> axes) {
    Index sum = Index.fixed(0);
    for (Axis axis : axes) {
      sum = sum.times(axis.extent()).plus(Index.of(axis));
    }
    return sum;
  }
}
