package org.dlm.compiler.build;

import java.util.List;
import java.util.stream.DoubleStream;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.ScalarFunction;
import org.dlm.compiler.op.ScalarFn;

/**
 * Between which numbers a single number lies that is computed from the counts of steps, each of which is 1 or more; of
 * a condition, 1 for true and 0 for false.
 */
record Bounds(double least, double most) {
  private static final Bounds ANY = new Bounds(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  private static final Bounds COUNT = new Bounds(1, Double.POSITIVE_INFINITY);
  private static final Bounds UNDECIDED = new Bounds(0, 1);

  static Bounds of(Expr expr) {
    return switch (expr) {
      case Expr.Constant c -> point(c.value());
      case Expr.Scalar s -> COUNT;
      case Expr.Cast(var type, Expr value) -> of(value);
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> {
        Bounds chosen = of(condition);
        yield chosen.isTrue() ? of(then) : chosen.isFalse() ? of(otherwise) : of(then).or(of(otherwise));
      }
      case Expr.Call(ScalarFunction function, List<Expr> args) ->
          call(function, args.stream().map(Bounds::of).toList());
      case Expr.Element e -> ANY;
      case Expr.Size s -> ANY;
      case Expr.Position p -> ANY;
      case Expr.Random r -> ANY;
    };
  }

  boolean isTrue() {
    return least == 1 && most == 1;
  }

  boolean isFalse() {
    return least == 0 && most == 0;
  }

  private static Bounds point(double value) {
    return new Bounds(value, value);
  }

  private boolean isPoint() {
    return Double.compare(least, most) == 0;
  }

  private Bounds or(Bounds other) {
    return new Bounds(Math.min(least, other.least), Math.max(most, other.most));
  }

  private static Bounds call(ScalarFunction function, List<Bounds> args) {
    if (args.stream().allMatch(Bounds::isPoint)) {
      return point(function.apply(args.stream().mapToDouble(Bounds::least).toArray()));
    }
    Bounds a = args.getFirst();
    Bounds b = args.getLast();
    if (function == ScalarFn.LT) {
      return decided(a.most < b.least, a.least >= b.most);
    } else if (function == ScalarFn.LE) {
      return decided(a.most <= b.least, a.least > b.most);
    } else if (function == ScalarFn.EQ) {
      return decided(false, a.most < b.least || b.most < a.least);
    } else if (function == ScalarFn.AND) {
      return decided(a.isTrue() && b.isTrue(), a.isFalse() || b.isFalse());
    } else if (function == ScalarFn.OR) {
      return decided(a.isTrue() || b.isTrue(), a.isFalse() && b.isFalse());
    } else if (function == ScalarFn.NOT) {
      return new Bounds(1 - a.most, 1 - a.least);
    }
    return number(function, a, b);
  }

  private static Bounds decided(boolean surely, boolean never) {
    return surely ? point(1) : never ? point(0) : UNDECIDED;
  }

  private static Bounds number(ScalarFunction function, Bounds a, Bounds b) {
    if (function == ScalarFn.ADD) {
      return new Bounds(a.least + b.least, a.most + b.most);
    } else if (function == ScalarFn.SUB) {
      return new Bounds(a.least - b.most, a.most - b.least);
    } else if (function == ScalarFn.NEG) {
      return new Bounds(-a.most, -a.least);
    } else if (function == ScalarFn.FLOOR) {
      return new Bounds(Math.floor(a.least), Math.floor(a.most));
    } else if (function == ScalarFn.MAX) {
      return new Bounds(Math.max(a.least, b.least), Math.max(a.most, b.most));
    } else if (function == ScalarFn.MIN) {
      return new Bounds(Math.min(a.least, b.least), Math.min(a.most, b.most));
    } else if (function == ScalarFn.MUL) {
      return around(a.least * b.least, a.least * b.most, a.most * b.least, a.most * b.most);
    } else if (function == ScalarFn.DIV && (b.least > 0 || b.most < 0)) {
      return around(a.least / b.least, a.least / b.most, a.most / b.least, a.most / b.most);
    }
    return ANY;
  }

  /** 0 times something endless, or one such thing divided by another, may be anything in between: 0 among it. */
  private static Bounds around(double... corners) {
    double[] numbers = DoubleStream.of(corners).map(c -> Double.isNaN(c) ? 0 : c).toArray();
    return new Bounds(DoubleStream.of(numbers).min().orElseThrow(), DoubleStream.of(numbers).max().orElseThrow());
  }
}
