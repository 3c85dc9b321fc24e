package org.dlm.compiler.loop;

import org.dlm.compiler.shape.DType;

/** Element types of expressions. */
public final class Types {
  private Types() {}

  public static DType of(Expr expr) {
    return switch (expr) {
      case Expr.Constant c -> c.type();
      case Expr.Size s -> s.type();
      case Expr.Position p -> DType.I32;
      case Expr.Element e -> e.type();
      case Expr.Call c -> c.function().result(c.args().stream().map(Types::of).toList());
      case Expr.Select s -> of(s.then());
      case Expr.Cast c -> c.type();
      case Expr.Random r -> DType.F32;
      case Expr.Scalar s -> s.type();
    };
  }
}
