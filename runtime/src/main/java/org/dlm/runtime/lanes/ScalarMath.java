package org.dlm.runtime.lanes;

/** The transcendental functions of generated code, one number at a time. */
public final class ScalarMath {
  private ScalarMath() {}

  public static float exp(float x) {
    return (float) Math.exp(x);
  }

  public static float log(float x) {
    return (float) Math.log(x);
  }

  public static float sin(float x) {
    return (float) Math.sin(x);
  }

  public static float cos(float x) {
    return (float) Math.cos(x);
  }

  public static float tanh(float x) {
    return (float) Math.tanh(x);
  }

  public static float sigmoid(float x) {
    return (float) (1 / (1 + Math.exp(-x)));
  }

  public static float expm1(float x) {
    return (float) Math.expm1(x);
  }

  public static float log1p(float x) {
    return (float) Math.log1p(x);
  }

  /** Abramowitz and Stegun 7.1.26 is too coarse: a series near 0, a continued fraction far out. */
  public static float erf(float x) {
    double z = Math.abs((double) x);
    double value = z < 2.5 ? series(z) : z > 4.2 ? 1 : 1 - fraction(z);
    return Double.isNaN(z) ? Float.NaN : (float) Math.copySign(value, x);
  }

  private static double series(double z) {
    double term = z;
    double sum = z;
    for (int n = 1; n < 60 && Math.abs(term) > 1e-12 * Math.abs(sum); n++) {
      term *= -z * z / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  private static double fraction(double z) {
    double f = z;
    for (int n = 40; n > 0; n--) {
      f = z + n / 2.0 / f;
    }
    return Math.exp(-z * z) / (f * Math.sqrt(Math.PI));
  }
}
