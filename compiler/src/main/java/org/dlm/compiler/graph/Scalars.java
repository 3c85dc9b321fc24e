package org.dlm.compiler.graph;

import java.util.List;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Substitution;

/** Single numbers that depend on run-time scalars only, such as a schedule's rate. */
public final class Scalars {
  private Scalars() {}

  /** What computes the value. */
  public static Expr expression(Value value) {
    return switch (value.op().lower(value)) {
      case Lowering.Map(List<Axis> axes, Expr element) ->
          Substitution.ofElements(e -> expression(value.input(e.operand()))).apply(element);
      case Lowering.SameMemory s -> expression(value.input(0));
      default -> throw new IllegalArgumentException(value.op() + " is no number computed from scalars");
    };
  }
}
