package org.dlm.compiler.loop;

import java.util.List;
import org.dlm.compiler.shape.Dim;

/** A whole number computed from loop variables: which element. Sealed: every pass over indices knows all cases. */
public sealed interface Index {
  /** The current value of a loop variable. */
  record Of(Axis axis) implements Index {}

  /** A number known when dims are known. */
  record Fixed(Dim value) implements Index {}

  record Plus(Index left, Index right) implements Index {}

  record Times(Index index, Dim factor) implements Index {}

  /** Rounded down; the divisor is positive. */
  record Divided(Index index, Dim divisor) implements Index {}

  /**
   * The quotient where it is whole. Where it is not, the element it addresses counts as outside its operand: allowed
   * only in the indices of a guarded element. The divisor is positive. This is how strided windows look from their
   * inputs: input {@code i} belongs to output {@code (i + padding - k * dilation) / stride} of tap {@code k}, if that
   * is a whole number.
   */
  record Exactly(Index index, Dim divisor) implements Index {}

  /** Never negative. */
  record Modulo(Index index, Dim divisor) implements Index {}

  /**
   * The value of an i32 expression, looked up in an axis of length {@code extent}: a gather or scatter. Where it is
   * negative or not less, the program ends with a message that names {@code lookup}: the op, and the line of the model.
   */
  record Loaded(Expr value, Dim extent, String lookup) implements Index {}

  static Index of(Axis axis) {
    return new Of(axis);
  }

  static Index fixed(long value) {
    return new Fixed(Dim.of(value));
  }

  static List<Index> of(List<Axis> axes) {
    return axes.stream().map(a -> (Index) new Of(a)).toList();
  }

  default Index plus(Index other) {
    return this instanceof Fixed(Dim a) && other instanceof Fixed(Dim b) ? new Fixed(a.plus(b))
        : this instanceof Fixed(Dim a) && a.is(0) ? other
        : other instanceof Fixed(Dim b) && b.is(0) ? this
        : new Plus(this, other);
  }

  default Index plus(long other) {
    return plus(fixed(other));
  }

  default Index times(Dim factor) {
    return factor.is(1) ? this : factor.is(0) ? fixed(0)
        : this instanceof Fixed(Dim a) ? new Fixed(a.times(factor)) : new Times(this, factor);
  }

  default Index times(long factor) {
    return times(Dim.of(factor));
  }

  default Index dividedBy(Dim divisor) {
    return divisor.is(1) ? this : new Divided(this, divisor);
  }

  default Index exactlyDividedBy(Dim divisor) {
    return divisor.is(1) ? this : new Exactly(this, divisor);
  }

  default Index modulo(Dim divisor) {
    return divisor.is(1) ? fixed(0) : new Modulo(this, divisor);
  }
}
