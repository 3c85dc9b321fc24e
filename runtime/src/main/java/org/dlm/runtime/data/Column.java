package org.dlm.runtime.data;

import java.util.Arrays;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.Tensor;

/**
 * One named tensor of each example. The first length of its shape may be {@link #OPEN}: then each example has its own,
 * batches are padded to a common one, and how long each was is told in a column {@code NAME_length}.
 */
public sealed interface Column {
  /** A length that differs from example to example. */
  int OPEN = -1;

  String name();

  /** The shape of one example's tensor; empty for a single number. */
  int[] shape();

  ElementType type();

  /** One more than the largest number in an i32 column; 0 where it is not known. */
  int limit();

  /** The largest length where that is open; 0 where it is not known. */
  default int longest() {
    return 0;
  }

  /** Whether each example has a length of its own. */
  default boolean open() {
    return shape().length > 0 && shape()[0] == OPEN;
  }

  /** Elements in one example; where the length is open, elements for each unit of it. */
  default int exampleSize() {
    return open() ? Tensor.size(Arrays.copyOfRange(shape(), 1, shape().length)) : Tensor.size(shape());
  }

  /** Real numbers of that shape. */
  static Column floats(String name, int... shape) {
    return new Described(name, ElementType.F32, 0, 0, shape);
  }

  /** Whole numbers from 0 to below the limit; 0 for a limit that is not known. */
  static Column ints(String name, int limit, int... shape) {
    return new Described(name, ElementType.I32, limit, 0, shape);
  }

  /** The same under another shape. */
  default Column shaped(int... shape) {
    return new Described(name(), type(), limit(), longest(), shape);
  }

  /** A column whose values are elsewhere. */
  record Described(String name, ElementType type, int limit, int longest, int... shape) implements Column {
    /** With the largest length of an open column. */
    public Described upTo(int length) {
      return new Described(name, type, limit, length, shape);
    }
  }

  /** Real numbers in memory, those of all examples one after the other: pixels, measurements, regression targets. */
  record Floats(String name, float[] data, int... shape) implements Column {
    @Override
    public ElementType type() {
      return ElementType.F32;
    }

    @Override
    public int limit() {
      return 0;
    }
  }

  /** Whole numbers in memory, those of all examples one after the other: class labels, token numbers. */
  record Ints(String name, int[] data, int... shape) implements Column {
    @Override
    public ElementType type() {
      return ElementType.I32;
    }

    @Override
    public int limit() {
      return 1 + Math.max(-1, Arrays.stream(data).max().orElse(-1));
    }
  }
}
