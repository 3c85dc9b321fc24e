package org.dlm.compiler.loop;

import java.util.List;
import java.util.function.Function;

/** Replaces loop variables and operands in expressions: how one op's meaning is put into another's. */
public final class Substitution {
  private final Function<Axis, Index> axes;
  private final Function<Expr.Element, Expr> elements;

  /** {@code elements} gets elements whose indices have been rewritten already. */
  public Substitution(Function<Axis, Index> axes, Function<Expr.Element, Expr> elements) {
    this.axes = axes;
    this.elements = elements;
  }

  /** Replaces loop variables only. */
  public static Substitution ofAxes(Function<Axis, Index> axes) {
    return new Substitution(axes, e -> e);
  }

  /** Replaces elements only. */
  public static Substitution ofElements(Function<Expr.Element, Expr> elements) {
    return new Substitution(Index.Of::new, elements);
  }

  public Expr apply(Expr expr) {
    return switch (expr) {
      case Expr.Constant c -> c;
      case Expr.Size s -> s;
      case Expr.Scalar s -> s;
      case Expr.Position(Index index) -> new Expr.Position(apply(index));
      case Expr.Element(int operand, var type, List<Index> at, boolean guarded) ->
          elements.apply(new Expr.Element(operand, type, all(at), guarded));
      case Expr.Call(ScalarFunction function, List<Expr> args) ->
          new Expr.Call(function, args.stream().map(this::apply).toList());
      case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
          new Expr.Select(apply(condition), apply(then), apply(otherwise));
      case Expr.Cast(var type, Expr value) -> new Expr.Cast(type, apply(value));
      case Expr.Random(var distribution, var site, Index counter) ->
          new Expr.Random(distribution, site, apply(counter));
    };
  }

  public Index apply(Index index) {
    return switch (index) {
      case Index.Of(Axis axis) -> axes.apply(axis);
      case Index.Fixed f -> f;
      case Index.Plus(Index left, Index right) -> apply(left).plus(apply(right));
      case Index.Times(Index of, var factor) -> apply(of).times(factor);
      case Index.Divided(Index of, var divisor) -> Indices.divided(apply(of), divisor);
      case Index.Exactly(Index of, var divisor) -> apply(of).exactlyDividedBy(divisor);
      case Index.Modulo(Index of, var divisor) -> Indices.modulo(apply(of), divisor);
      case Index.Loaded(Expr value, var extent, var lookup) -> new Index.Loaded(apply(value), extent, lookup);
    };
  }

  public List<Index> all(List<Index> indices) {
    return indices.stream().map(this::apply).toList();
  }
}
