package org.dlm.tests.golden;

import org.dlm.runtime.Tensor;

/** The numbers of {@code hashed} in generate.py: large weights that need not be stored. */
final class Hashed {
  private static final long MASK = 0xFFFFFFFFL;

  private Hashed() {}

  static float[] numbers(long salt, int[] shape, double bound) {
    float[] numbers = new float[Tensor.size(shape)];
    for (int i = 0; i < numbers.length; i++) {
      long x = (i * 2654435761L + salt * 40503L) & MASK;
      x ^= x >>> 15;
      x = (x * 2246822519L) & MASK;
      x ^= x >>> 13;
      numbers[i] = (float) ((x / 4294967296.0 * 2.0 - 1.0) * bound);
    }
    return numbers;
  }
}
