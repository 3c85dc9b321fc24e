package org.dlm.compiler.loop;

import java.util.List;

/** Registers of a kernel: numbers kept between two statements. */
public final class Registers {
  private Registers() {}

  /** Whether the expression reads one. */
  public static boolean isReadBy(Expr expr, List<Slot> slots) {
    return switch (expr) {
      case Expr.Constant c -> false;
      case Expr.Size s -> false;
      case Expr.Scalar s -> false;
      case Expr.Position p -> false;
      case Expr.Random r -> false;
      case Expr.Element e -> slots.get(e.operand()).register();
      case Expr.Call c -> c.args().stream().anyMatch(a -> isReadBy(a, slots));
      case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
          isReadBy(condition, slots) || isReadBy(then, slots) || isReadBy(otherwise, slots);
      case Expr.Cast c -> isReadBy(c.value(), slots);
    };
  }
}
