package org.dlm.compiler.loop;

/** How a reduction puts two partial results together. */
public enum Combiner {
  SUM(0),
  PRODUCT(1),
  MAXIMUM(Double.NEGATIVE_INFINITY),
  MINIMUM(Double.POSITIVE_INFINITY);

  private final double neutral;

  Combiner(double neutral) {
    this.neutral = neutral;
  }

  /** The result over nothing. */
  public double neutral() {
    return neutral;
  }

  /** MAXIMUM and MINIMUM give NaN when either is NaN, as PyTorch does. */
  public double combine(double a, double b) {
    return switch (this) {
      case SUM -> a + b;
      case PRODUCT -> a * b;
      case MAXIMUM -> Math.max(a, b);
      case MINIMUM -> Math.min(a, b);
    };
  }
}
