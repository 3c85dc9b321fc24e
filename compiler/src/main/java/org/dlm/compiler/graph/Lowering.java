package org.dlm.compiler.graph;

import java.util.List;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Dim;

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

  /**
   * Steps one after the other: {@code body} is computed {@code extent} times. Inputs are first the {@code walked}
   * ones, of which each step sees the element of their first axis that {@code counter} says, then the {@code carries},
   * which are the first results of the step before, then what is the same in all steps; the body has an input for
   * each. The results are the last carries, then all other results of all steps, stacked along a first axis.
   *
   * @param counter the symbol that counts the steps in the body, from 0
   * @param backwards the last step comes first
   */
  record Repeat(Graph body, int walked, int carries, Dim extent, String counter, boolean backwards)
      implements Lowering {}

  /** One result of an input that has several. */
  record Part(int index) implements Lowering {}

  /** Memory of its own that others fill. */
  record Room() implements Lowering {}

  /** The memory of the first input, in which at every point of the axes the element is stored {@code at} its place. */
  record Put(List<Axis> axes, List<Index> at, Expr element) implements Lowering {}
}
