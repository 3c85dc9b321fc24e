package org.dlm.compiler.graph;

import java.util.List;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;

/**
 * What an op means, element by element. In the expressions, {@link Expr.Element} stands for an element of one of the
 * op's inputs at given indices; reading outside an input's shape is not allowed unless the element says so
 * ({@code guarded}: it is zero there).
 */
public sealed interface Lowering {
  /** Given from outside: inputs, parameters, buffers. */
  record Given() implements Lowering {}

  /** The same numbers in the same order under another shape: no code. */
  record SameMemory() implements Lowering {}

  /** {@code out[axes] = element}. The axes are the result's, outermost first. */
  record Map(List<Axis> axes, Expr element) implements Lowering {}

  /**
   * {@code out[axes] = combine over all (over) of element}; the combiner's neutral value where {@code over} is empty.
   */
  record Reduce(List<Axis> axes, List<Axis> over, Combiner combiner, Expr element) implements Lowering {}

  /** {@code out = 0; for all axes: out[target] += element}. */
  record Scatter(List<Axis> axes, List<Index> target, Expr element) implements Lowering {}

  /** {@code out[axes]}: running combination along {@code along} (cumsum); {@code along} is one of the axes. */
  record Running(List<Axis> axes, Axis along, Combiner combiner, Expr element) implements Lowering {}
}
