package org.dlm.compiler.op;

/**
 * The error function in double precision: its Taylor series near 0, the continued fraction of its complement far out.
 */
final class ErrorFunction {
  private ErrorFunction() {}

  /** Beyond this the series loses digits to cancellation, and the continued fraction needs few terms. */
  private static final double FAR = 2.5;

  static double erf(double x) {
    double size = Math.abs(x);
    if (Double.isNaN(x) || size == 0) {
      return x;
    }
    return Math.signum(x) * (size < FAR ? series(size) : size > 6 ? 1 : 1 - complement(size));
  }

  /** 2/sqrt(pi) * exp(-x²) * sum of (2x²)^n x / (1·3·5···(2n+1)): all terms positive, so nothing cancels. */
  private static double series(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; term > sum * 1e-17; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }

  /** exp(-x²)/sqrt(pi) / (x + (1/2)/(x + 1/(x + (3/2)/(x + ...)))). */
  private static double complement(double x) {
    double fraction = x;
    for (int n = 120; n >= 1; n--) {
      fraction = x + n / 2.0 / fraction;
    }
    return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction;
  }
}
