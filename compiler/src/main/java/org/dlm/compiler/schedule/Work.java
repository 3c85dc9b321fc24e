package org.dlm.compiler.schedule;

import java.util.List;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.shape.Dim;

/** Counts operations, to decide how much a thread should take at a time. */
final class Work {
  private Work() {}

  /** Operations of the kernel's body, done for every point of {@code whole}. */
  static Dim of(Kernel kernel, List<Axis> whole) {
    Dim sum = Dim.ZERO;
    for (Statement statement : kernel.body()) {
      sum = sum.plus(switch (statement) {
        case Statement.Reduce r -> points(r.over()).times(1 + weight(r.element()));
        case Statement.Each e ->
            points(e.axes()).times(e.stores().stream().mapToLong(s -> 1 + weight(s.value())).sum());
        case Statement.Running r -> r.along().extent().times(1 + weight(r.element()));
      });
    }
    return sum.times(points(whole));
  }

  private static Dim points(List<Axis> axes) {
    return axes.stream().map(Axis::extent).reduce(Dim.ONE, Dim::times);
  }

  private static long weight(Expr expr) {
    return switch (expr) {
      case Expr.Constant c -> 0;
      case Expr.Size s -> 0;
      case Expr.Scalar s -> 0;
      case Expr.Position p -> 1;
      case Expr.Element e -> 1;
      case Expr.Call c -> weight(c.function().name()) + c.args().stream().mapToLong(Work::weight).sum();
      case Expr.Select s -> 1 + weight(s.condition()) + weight(s.then()) + weight(s.otherwise());
      case Expr.Cast c -> 1 + weight(c.value());
      case Expr.Random r -> 40;
    };
  }

  private static long weight(String function) {
    return switch (function) {
      case "exp", "log", "sigmoid", "tanh", "erf", "sin", "cos", "expm1", "log1p" -> 10;
      case "pow" -> 40;
      case "div", "sqrt", "rsqrt", "rem" -> 4;
      default -> 1;
    };
  }
}
