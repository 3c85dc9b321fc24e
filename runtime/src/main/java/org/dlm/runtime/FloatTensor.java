package org.dlm.runtime;

import java.util.Arrays;

/** 32-bit floats with a shape; {@code data} is used as it is, row-major. */
public record FloatTensor(float[] data, int... shape) implements Tensor {
  public FloatTensor {
    if (data.length != Tensor.size(shape)) {
      throw new IllegalArgumentException(
          "shape " + Arrays.toString(shape) + " has " + Tensor.size(shape) + " elements, the array " + data.length);
    }
  }

  public static FloatTensor zeros(int... shape) {
    return new FloatTensor(new float[Tensor.size(shape)], shape);
  }

  public static FloatTensor scalar(float value) {
    return new FloatTensor(new float[] {value});
  }

  @Override
  public ElementType type() {
    return ElementType.F32;
  }

  @Override
  public String toString() {
    return "f32" + Arrays.toString(shape);
  }
}
