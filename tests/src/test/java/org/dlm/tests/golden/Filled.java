package org.dlm.tests.golden;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import org.dlm.runtime.Tensor;

/** The numbers of {@code filled} in rows/zoo.py: parameters and inputs that need not be stored, by their path and shape. */
final class Filled {
  private Filled() {}

  static float[] numbers(String path, int[] shape) {
    double centre = 0;
    double bound = 0.3;
    if (shape.length > 1) {
      bound = Math.sqrt(3.0 / (Tensor.size(shape) / shape[0]));
    } else if (path.endsWith("weight")) {
      centre = 1;
      bound = 0.25;
    } else if (path.endsWith("running_var")) {
      centre = 1;
      bound = 0.5;
    }
    CRC32 salt = new CRC32();
    salt.update(path.getBytes(StandardCharsets.UTF_8));
    float[] numbers = Hashed.numbers(salt.getValue(), shape, 1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) (numbers[i] * bound + centre);
    }
    return numbers;
  }

  /** An argument of a function: twice as large. */
  static float[] input(String name, int[] shape) {
    float[] numbers = numbers(name, shape);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] *= 2;
    }
    return numbers;
  }
}
