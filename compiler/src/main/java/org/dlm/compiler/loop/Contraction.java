package org.dlm.compiler.loop;

import java.util.List;
import org.dlm.compiler.shape.Dim;

/**
 * A sum of products of two tensors, {@code out[batch, row, column] = sum over depth of left * right}, with the way each
 * operand moves along each axis.
 */
public record Contraction(
    List<Axis> batch, List<Axis> row, List<Axis> column, List<Axis> depth, List<Term> left, List<Term> right,
    List<Term.Stride> out) {

  /** A summand of an operand's index. */
  public sealed interface Term {
    /** {@code axis * elements}. */
    record Stride(Axis axis, Dim elements) implements Term {}

    /**
     * {@code coordinate * elements} where {@code coordinate = (position * stride + tap * dilation - padding) / spread};
     * the element is zero where the coordinate is outside {@code 0 .. size} or not a whole number.
     */
    record Window(Axis position, Axis tap, Dim size, Dim elements, long stride, long dilation, long padding,
        long spread)
        implements Term {}
  }
}
