package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** Graph building in the words of mathematics, with broadcasting: what gradient rules and primitives are written in. */
public final class Operators {
  private final GraphBuilder g;

  public Operators(GraphBuilder g) {
    this.g = g;
  }

  // ------------------------------------------------------------------------------------------------ sources

  public Value constant(double value) {
    return full(DType.F32, value, Shape.SCALAR);
  }

  public Value full(DType type, double value, Shape shape) {
    return g.add(new Full(type, value, shape));
  }

  public Value zeros(TensorType type) {
    return full(type.element(), 0, type.shape());
  }

  public Value size(Dim dim) {
    return dim.isConstant() ? constant(dim.constant()) : g.add(new DimSize(DType.F32, dim));
  }

  // ------------------------------------------------------------------------------------------------ pointwise

  /** Any pointwise function, operands broadcast to one shape. */
  public Value apply(ScalarFn function, Value... operands) {
    return apply(function, List.of(operands));
  }

  public Value apply(ScalarFn function, List<Value> operands) {
    return g.add(new Pointwise(function), Broadcasting.align(g, operands, "`" + function.name() + "`"));
  }

  public Value add(Value a, Value b) {
    return apply(ScalarFn.ADD, a, b);
  }

  public Value add(Value a, double b) {
    return apply(ScalarFn.ADD, a, full(a.type().element(), b, Shape.SCALAR));
  }

  public Value sub(Value a, Value b) {
    return apply(ScalarFn.SUB, a, b);
  }

  public Value mul(Value a, Value b) {
    return apply(ScalarFn.MUL, a, b);
  }

  public Value mul(Value a, double b) {
    return apply(ScalarFn.MUL, a, full(a.type().element(), b, Shape.SCALAR));
  }

  public Value div(Value a, Value b) {
    return apply(ScalarFn.DIV, a, b);
  }

  public Value pow(Value a, Value b) {
    return apply(ScalarFn.POW, a, b);
  }

  public Value neg(Value a) {
    return apply(ScalarFn.NEG, a);
  }

  public Value sign(Value a) {
    return apply(ScalarFn.SIGN, a);
  }

  public Value floor(Value a) {
    return apply(ScalarFn.FLOOR, a);
  }

  public Value exp(Value a) {
    return apply(ScalarFn.EXP, a);
  }

  public Value log(Value a) {
    return apply(ScalarFn.LOG, a);
  }

  public Value sin(Value a) {
    return apply(ScalarFn.SIN, a);
  }

  public Value cos(Value a) {
    return apply(ScalarFn.COS, a);
  }

  public Value lt(Value a, Value b) {
    return apply(ScalarFn.LT, a, b);
  }

  public Value le(Value a, Value b) {
    return apply(ScalarFn.LE, a, b);
  }

  public Value eq(Value a, Value b) {
    return apply(ScalarFn.EQ, a, b);
  }

  public Value and(Value a, Value b) {
    return apply(ScalarFn.AND, a, b);
  }

  public Value not(Value a) {
    return apply(ScalarFn.NOT, a);
  }

  public Value select(Value condition, Value then, Value otherwise) {
    return g.add(new Select(), Broadcasting.align(g, List.of(condition, then, otherwise), "`select`"));
  }

  /** The gradient {@code d} for two candidates: all to the first, all to the second, or half each on a tie. */
  List<Value> splitByOrder(Value d, Value firstLoses, Value secondLoses, Value tie) {
    Value share = select(tie, mul(d, 0.5), d);
    return List.of(select(firstLoses, constant(0), share), select(secondLoses, constant(0), share));
  }

  public Value cast(Value x, DType to) {
    return x.type().element() == to ? x : g.add(new Cast(to), x);
  }

  // ------------------------------------------------------------------------------------------------ shapes

  public Value reshape(Value x, Shape shape) {
    return x.shape().equals(shape) ? x : g.add(new Reshape(shape), x);
  }

  /** The same tensor under a shape that the function requires to be equal. */
  public Value recast(Value x, Shape shape) {
    return g.add(new Recast(shape), x);
  }

  public Value broadcast(Value x, Shape shape) {
    return Broadcasting.stretch(g, x, shape);
  }

  public Value permute(Value x, List<Integer> order) {
    for (int i = 0; i < order.size(); i++) {
      if (order.get(i) != i) {
        return g.add(new Permute(order), x);
      }
    }
    return x;
  }

  /** Elements {@code from} to {@code to} (excluded) along one axis. */
  public Value slice(Value x, int axis, Dim from, Dim to) {
    List<Dim> start = new ArrayList<>(Collections.nCopies(x.shape().rank(), Dim.ZERO));
    List<Dim> stop = new ArrayList<>(x.shape().dims());
    start.set(axis, from);
    stop.set(axis, to);
    return g.add(new Slice(start, stop, Collections.nCopies(x.shape().rank(), 1L)), x);
  }

  // ------------------------------------------------------------------------------------------------ reductions

  public Value reduce(Combiner combiner, Value x, List<Integer> axes, boolean keep) {
    return axes.isEmpty() ? x : g.add(new Reduce(combiner, axes, keep), x);
  }

  public Value sum(Value x, List<Integer> axes, boolean keep) {
    return reduce(Combiner.SUM, x, axes, keep);
  }
}
