package org.dlm.runtime.lanes;

import static org.dlm.runtime.lanes.Polynomials.*;

/** The transcendental functions of generated code, one number at a time; within 2 units in the last place or so. */
public final class ScalarMath {
  private ScalarMath() {}

  public static float exp(float x) {
    float inside = Math.max(Math.min(x, EXP_MOST), EXP_LEAST);
    float shifted = Math.fma(inside, LOG2_E, ROUND);
    float n = shifted - ROUND;
    float r = Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, inside));
    float q = tail(r);
    // 2^n in two factors, since n may be beyond what one exponent holds.
    int whole = Float.floatToRawIntBits(shifted) - ROUND_BITS;
    int half = whole >> 1;
    return (q + 1f) * power(half) * power(whole - half);
  }

  /** e^r - 1. */
  private static float tail(float r) {
    float p = EXP_5;
    p = Math.fma(p, r, EXP_4);
    p = Math.fma(p, r, EXP_3);
    p = Math.fma(p, r, EXP_2);
    p = Math.fma(p, r, EXP_1);
    p = Math.fma(p, r, EXP_0);
    return Math.fma(r * r, p, r);
  }

  private static float power(int exponent) {
    return Float.intBitsToFloat((exponent + 127) << 23);
  }

  /** e^x - 1 for x in -88 .. 88: exact near 0, where exp(x) - 1 is not. */
  private static float minusOne(float x) {
    float shifted = Math.fma(x, LOG2_E, ROUND);
    float n = shifted - ROUND;
    float q = tail(Math.fma(n, -LN2_LOW, Math.fma(n, -LN2_HIGH, x)));
    float scale = power(Float.floatToRawIntBits(shifted) - ROUND_BITS);
    return Math.fma(scale, q, scale - 1f);
  }

  public static float expm1(float x) {
    return x > 88f ? exp(x) : minusOne(Math.max(x, -88f));
  }

  public static float tanh(float x) {
    float e = minusOne(Math.max(Math.min(2f * x, TANH_MOST), -TANH_MOST));
    return e / (e + 2f);
  }

  public static float sigmoid(float x) {
    float e = exp(Math.min(x, SIGMOID_MOST));
    return e / (e + 1f);
  }

  public static float log(float x) {
    // Numbers below the normal ones are made normal first.
    boolean tiny = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(tiny ? x * TWO_TO_23 : x) - SQRT_HALF_BITS;
    float e = (float) ((bits >> 23) - (tiny ? 23 : 0));
    float f = Float.intBitsToFloat((bits & FRACTION_BITS) + SQRT_HALF_BITS) - 1f;
    float square = f * f;
    float p = LOG_8;
    p = Math.fma(p, f, LOG_7);
    p = Math.fma(p, f, LOG_6);
    p = Math.fma(p, f, LOG_5);
    p = Math.fma(p, f, LOG_4);
    p = Math.fma(p, f, LOG_3);
    p = Math.fma(p, f, LOG_2);
    p = Math.fma(p, f, LOG_1);
    p = Math.fma(p, f, LOG_0);
    float rest = Math.fma(square * f, p, e * LN2_LOW);
    float value = Math.fma(e, LN2_HIGH, Math.fma(square, -0.5f, rest) + f);
    return x > 0f ? x == Float.POSITIVE_INFINITY ? x : value : x == 0f ? Float.NEGATIVE_INFINITY : Float.NaN;
  }

  public static float log1p(float x) {
    return log1p(x, log(1f + x));
  }

  /** {@code log}: that of 1 + x. */
  static float log1p(float x, float log) {
    float u = 1f + x;
    return u == 1f ? x : u == Float.POSITIVE_INFINITY ? u : log * (x / (u - 1f));
  }

  /** 1, -1 or, for zeros and NaN, 0. */
  public static float sign(float x) {
    return x > 0f ? 1f : x < 0f ? -1f : 0f;
  }

  /** The remainder with the sign of the divisor, exact however often it goes. */
  public static float rem(float a, float b) {
    float rest = a % b;
    return rest != 0f && rest < 0f != b < 0f ? rest + b : rest;
  }

  public static float erf(float x) {
    return Math.abs(x) > ERF_NEAR ? Math.copySign(farErf(Math.min(Math.abs(x), ERF_MOST)), x) : nearErf(x);
  }

  private static float nearErf(float x) {
    float z = x * x;
    float p = ERF_6;
    p = Math.fma(p, z, ERF_5);
    p = Math.fma(p, z, ERF_4);
    p = Math.fma(p, z, ERF_3);
    p = Math.fma(p, z, ERF_2);
    p = Math.fma(p, z, ERF_1);
    p = Math.fma(p, z, ERF_0);
    return Math.fma(x, p, x);
  }

  /** A root of what is left to 1 takes few powers, and raising it again costs less than an exponential. */
  private static float farErf(float z) {
    float t = z - ERFC_CENTRE;
    float root = ERFC_6;
    root = Math.fma(root, t, ERFC_5);
    root = Math.fma(root, t, ERFC_4);
    root = Math.fma(root, t, ERFC_3);
    root = Math.fma(root, t, ERFC_2);
    root = Math.fma(root, t, ERFC_1);
    root = Math.fma(root, t, ERFC_0);
    float square = root * root;
    float fourth = square * square;
    return Math.fma(-fourth, fourth, 1f);
  }

  public static float sin(float x) {
    return (float) Math.sin(x);
  }

  public static float cos(float x) {
    return (float) Math.cos(x);
  }
}
