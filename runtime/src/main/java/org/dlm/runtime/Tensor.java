package org.dlm.runtime;

/** A dense array of numbers with a shape, row-major: the last axis is contiguous. The data is shared, not copied. */
public sealed interface Tensor permits FloatTensor, IntTensor {
  /** The lengths of the axes; empty for a scalar. Not to be changed. */
  int[] shape();

  ElementType type();

  /** The number of elements: the product of the shape, 1 for a scalar. */
  static int size(int... shape) {
    int size = 1;
    for (int length : shape) {
      size = Math.multiplyExact(size, length);
    }
    return size;
  }
}
