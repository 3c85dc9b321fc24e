package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Dim;

/** What things cost, in units of about one addition an element: only good for comparing two ways to do the same. */
final class Costs {
  private Costs() {}

  /** The value that stands for every open dim when sizes are compared at build time. */
  private static final long TYPICAL_DIM = 32;

  static double estimate(Dim dim) {
    return dim.map(name -> Dim.of(TYPICAL_DIM)).constant();
  }

  /** How many times a value's loops come round. */
  static double points(Lowering lowering) {
    return switch (lowering) {
      case Lowering.Given g -> 0;
      case Lowering.SameMemory s -> 0;
      case Lowering.Map m -> points(m.axes());
      case Lowering.Reduce r -> points(r.axes()) * points(r.over());
      case Lowering.Scatter s -> points(s.axes());
      case Lowering.Running r -> points(r.axes());
      case Lowering.Put p -> points(p.axes());
      case Lowering.Room r -> 0;
      case Lowering.Repeat r -> throw new IllegalArgumentException("a loop over time is laid out before it is fused");
      case Lowering.Part p -> throw new IllegalArgumentException("a loop over time is laid out before it is fused");
    };
  }

  static double points(List<Axis> axes) {
    return axes.stream().mapToDouble(a -> estimate(a.extent())).reduce(1, (a, b) -> a * b);
  }

  static boolean isConstant(Expr expr) {
    return switch (expr) {
      case Expr.Constant c -> true;
      case Expr.Size s -> true;
      case Expr.Scalar s -> true;
      case Expr.Cast c -> isConstant(c.value());
      case Expr.Call c -> c.args().stream().allMatch(Costs::isConstant);
      default -> false;
    };
  }

  static double of(Expr expr) {
    return switch (expr) {
      case Expr.Constant c -> 0;
      case Expr.Size s -> 0;
      case Expr.Scalar s -> 0;
      case Expr.Position p -> 1;
      case Expr.Element e -> 1 + (e.guarded() ? 2 : 0);
      case Expr.Call c -> weight(c.function().name()) + c.args().stream().mapToDouble(Costs::of).sum();
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> 1 + of(condition) + of(then) + of(otherwise);
      case Expr.Cast c -> 1 + of(c.value());
      case Expr.Random r -> 20;
    };
  }

  private static double weight(String function) {
    return switch (function) {
      case "exp", "log", "sigmoid", "tanh", "erf", "sin", "cos" -> 10;
      case "pow" -> 20;
      case "div", "sqrt", "rem" -> 3;
      default -> 1;
    };
  }

  static int nodes(Expr expr) {
    return switch (expr) {
      case Expr.Constant c -> 1;
      case Expr.Size s -> 1;
      case Expr.Scalar s -> 1;
      case Expr.Position p -> 1;
      case Expr.Element e -> 1;
      case Expr.Call c -> 1 + c.args().stream().mapToInt(Costs::nodes).sum();
      case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
          1 + nodes(condition) + nodes(then) + nodes(otherwise);
      case Expr.Cast c -> 1 + nodes(c.value());
      case Expr.Random r -> 1;
    };
  }

  /** All elements read by an expression, those inside of indices too. */
  static List<Expr.Element> elements(Expr expr) {
    List<Expr.Element> found = new ArrayList<>();
    collect(expr, found);
    return found;
  }

  private static void collect(Expr expr, List<Expr.Element> found) {
    switch (expr) {
      case Expr.Constant c -> { }
      case Expr.Size s -> { }
      case Expr.Scalar s -> { }
      case Expr.Position p -> collect(p.index(), found);
      case Expr.Element e -> {
        found.add(e);
        e.at().forEach(i -> collect(i, found));
      }
      case Expr.Call c -> c.args().forEach(a -> collect(a, found));
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> {
        collect(condition, found);
        collect(then, found);
        collect(otherwise, found);
      }
      case Expr.Cast c -> collect(c.value(), found);
      case Expr.Random r -> collect(r.counter(), found);
    }
  }

  private static void collect(Index index, List<Expr.Element> found) {
    switch (index) {
      case Index.Of o -> { }
      case Index.Fixed f -> { }
      case Index.Plus(Index left, Index right) -> {
        collect(left, found);
        collect(right, found);
      }
      case Index.Times t -> collect(t.index(), found);
      case Index.Divided d -> collect(d.index(), found);
      case Index.Exactly e -> collect(e.index(), found);
      case Index.Modulo m -> collect(m.index(), found);
      case Index.Loaded(Expr value, var extent, var lookup) -> collect(value, found);
    }
  }
}
