package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;

/** When two results count as equal: the largest difference, relative to the largest expected number. */
final class Closeness {
  static final double FORWARD = 1e-4;
  static final double GRADIENT = 1e-3;

  /** A result that should vanish is noise in both; it is measured against this part of the largest number of its kind. */
  private static final double NOISE = 1e-3;

  private Closeness() {}

  /** {@code scale}: the largest number among the results that were computed together. Gives the relative error. */
  static double check(String what, Tensor actual, Tensor expected, int every, double tolerance, double scale) {
    return switch (expected) {
      case IntTensor e -> {
        assertThat(((IntTensor) actual).data()).as(what).isEqualTo(e.data());
        yield 0;
      }
      case FloatTensor e -> check(what, ((FloatTensor) actual).data(), e.data(), every, tolerance, scale);
    };
  }

  /** Gives the relative error. */
  static double check(String what, float[] actual, float[] expected, int every, double tolerance, double scale) {
    assertThat((actual.length + every - 1) / every).as(what + ": number of elements").isEqualTo(expected.length);
    double largest = Math.max(largest(expected), NOISE * scale);
    int worst = 0;
    double difference = 0;
    for (int i = 0; i < expected.length; i++) {
      double d = Math.abs((double) actual[i * every] - expected[i]);
      boolean sameSpecial = Float.compare(actual[i * every], expected[i]) == 0;
      if (!sameSpecial && !(d <= difference)) {
        difference = d;
        worst = i;
      }
    }
    boolean close = difference == 0 || difference <= tolerance * largest;
    if (!close) {
      throw new AssertionError(what + ": relative error " + difference / largest + " is over " + tolerance + "; element "
          + worst * every + " is " + actual[worst * every] + ", PyTorch has " + expected[worst]);
    }
    return difference == 0 ? 0 : difference / largest;
  }

  static double largest(float[] numbers) {
    double largest = 0;
    for (float number : numbers) {
      largest = Math.max(largest, Float.isFinite(number) ? Math.abs(number) : 0);
    }
    return largest;
  }
}
