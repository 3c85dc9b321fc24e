package org.dlm.compiler.loop;

import java.util.List;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/** A number computed for one point of the loops. Sealed: every pass over expressions knows all cases. */
public sealed interface Expr {
  /** An f32, i32 or bool (0 or 1) constant. */
  record Constant(DType type, double value) implements Expr {}

  /** An open dim, or a polynomial of them, as a number. */
  record Size(DType type, Dim value) implements Expr {}

  /** A loop variable's or index's value as an i32. */
  record Position(Index index) implements Expr {}

  /**
   * An element of operand {@code operand} (which input of the op, or which buffer of the kernel). {@code guarded}:
   * where an index is outside the operand's shape, the element is 0 and memory is not touched.
   */
  record Element(int operand, DType type, List<Index> at, boolean guarded) implements Expr {}

  /** A scalar function of {@link ScalarFunction} applied to expressions. */
  record Call(ScalarFunction function, List<Expr> args) implements Expr {}

  /** {@code condition} (bool) ? {@code then} : {@code otherwise}; both sides have one type. Neither side may fail. */
  record Select(Expr condition, Expr then, Expr otherwise) implements Expr {}

  record Cast(DType type, Expr value) implements Expr {}

  /** A random f32 keyed by the program's seed and step, the call site and the counter. */
  record Random(Distribution distribution, Dim site, Index counter) implements Expr {}

  /** Uniform in [0, 1), or standard normal. */
  enum Distribution { UNIFORM, NORMAL }

  /** A run-time scalar of the program such as an optimizer's learning rate. */
  record Scalar(DType type, String name) implements Expr {}
}
