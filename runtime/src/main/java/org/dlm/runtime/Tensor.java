package org.dlm.runtime;

import java.util.Arrays;

/** A dense array of numbers with a shape, row-major: the last axis is contiguous. The data is shared, not copied. */
public sealed interface Tensor permits FloatTensor, IntTensor {
  /** The lengths of the axes; empty for a scalar. Not to be changed. */
  int[] shape();

  ElementType type();

  /** The number of elements: the product of the shape, 1 for a scalar. */
  static int size(int... shape) {
    long size = 1;
    for (int length : shape) {
      size *= length;
      if (size > Integer.MAX_VALUE) {
        throw new InputProblem("a tensor " + Arrays.toString(shape) + " has more elements than one array holds",
            "Use a smaller batch, or shorter examples.");
      }
    }
    return (int) size;
  }
}
