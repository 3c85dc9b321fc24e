package org.dlm.compiler.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Looks for parts of expressions that deserve a local variable. */
public final class ExprParts {
  private ExprParts() {}

  public static List<Expr> children(Expr expr) {
    return switch (expr) {
      case Expr.Constant c -> List.of();
      case Expr.Size s -> List.of();
      case Expr.Scalar s -> List.of();
      case Expr.Position p -> List.of();
      case Expr.Element e -> List.of();
      case Expr.Random r -> List.of();
      case Expr.Call c -> c.args();
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> List.of(condition, then, otherwise);
      case Expr.Cast c -> List.of(c.value());
    };
  }

  /** Neither a literal nor a name already. */
  public static boolean isWorthAName(Expr expr, List<Slot> slots) {
    return switch (expr) {
      case Expr.Constant c -> false;
      case Expr.Size s -> false;
      case Expr.Scalar s -> false;
      case Expr.Position p -> false;
      case Expr.Element e -> !slots.get(e.operand()).register();
      case Expr.Call c -> true;
      case Expr.Select s -> true;
      case Expr.Cast c -> true;
      case Expr.Random r -> true;
    };
  }

  /** The largest parts that pass the test. */
  public static List<Expr> largest(Expr expr, Predicate<Expr> test) {
    if (test.test(expr)) {
      return List.of(expr);
    }
    List<Expr> found = new ArrayList<>();
    children(expr).forEach(c -> found.addAll(largest(c, test)));
    return found;
  }

  /** How often each part is needed when every part is computed once; parts come before what they are part of. */
  public static void count(Expr expr, Map<Expr, Integer> counts) {
    if (counts.containsKey(expr)) {
      counts.merge(expr, 1, Integer::sum);
      return;
    }
    children(expr).forEach(c -> count(c, counts));
    counts.put(expr, 1);
  }
}
