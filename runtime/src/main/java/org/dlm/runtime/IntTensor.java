package org.dlm.runtime;

import java.util.Arrays;

/** 32-bit integers (or booleans as 0 and 1) with a shape; {@code data} is used as it is, row-major. */
public record IntTensor(ElementType type, int[] data, int... shape) implements Tensor {
  public IntTensor {
    if (type == ElementType.F32 || data.length != Tensor.size(shape)) {
      throw new IllegalArgumentException(
          type + " shape " + Arrays.toString(shape) + " has " + Tensor.size(shape) + " elements, the array "
          + data.length);
    }
  }

  public static IntTensor of(int[] data, int... shape) {
    return new IntTensor(ElementType.I32, data, shape);
  }

  @Override
  public String toString() {
    return type.name().toLowerCase(java.util.Locale.ROOT) + Arrays.toString(shape);
  }
}
