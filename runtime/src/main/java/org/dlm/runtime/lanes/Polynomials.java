package org.dlm.runtime.lanes;

/**
 * The numbers behind {@link ScalarMath} and {@link LaneMath}: coefficients fitted so that the largest relative error is
 * small, and the constants that take arguments apart. Shared, so that both give the same bits.
 */
final class Polynomials {
  private Polynomials() {}

  /** 1 / ln 2. */
  static final float LOG2_E = 1.44269504f;

  /** ln 2 in two parts; a whole number below 1,000 times the first part is exact. */
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;

  /** 1.5 * 2^23: adding it rounds to a whole number, which then is in the low bits. */
  static final float ROUND = 12582912f;
  static final int ROUND_BITS = 0x4B400000;

  /** Beyond these, exp is infinite or 0. */
  static final float EXP_MOST = 89f;
  static final float EXP_LEAST = -104.5f;

  /** From here on, tanh is 1 in f32. */
  static final float TANH_MOST = 20f;

  /** From here on, sigmoid is 1 in f32. */
  static final float SIGMOID_MOST = 30f;

  /** From here on, erf is 1 in f32. */
  static final float ERF_MOST = 4f;

  /** Up to here erf is x and a part of it, from here on 1 less what is left of it. */
  static final float ERF_NEAR = 1.25f;
  static final float ERFC_CENTRE = 2f;

  /** The bits of sqrt(1/2): a fraction in sqrt(1/2) .. sqrt(2) is nearest to 1. */
  static final int SQRT_HALF_BITS = 0x3F3504F3;
  static final int FRACTION_BITS = 0x007FFFFF;
  static final float TWO_TO_23 = 8388608f;

  /** (e^r - 1 - r) / r^2 for |r| <= ln(2) / 2. */
  static final float EXP_0 = 0.5f;
  static final float EXP_1 = 0.16666666f;
  static final float EXP_2 = 0.04166636f;
  static final float EXP_3 = 0.00833339f;
  static final float EXP_4 = 0.0013940721f;
  static final float EXP_5 = 0.00019845885f;

  /** (ln(1 + f) - f + f^2 / 2) / f^3 for 1 + f in sqrt(1/2) .. sqrt(2). */
  static final float LOG_0 = 0.33333313f;
  static final float LOG_1 = -0.2500001f;
  static final float LOG_2 = 0.20002119f;
  static final float LOG_3 = -0.16667996f;
  static final float LOG_4 = 0.14219551f;
  static final float LOG_5 = -0.124055915f;
  static final float LOG_6 = 0.11888175f;
  static final float LOG_7 = -0.11675641f;
  static final float LOG_8 = 0.06746601f;

  /** erf(x) / x - 1 in powers of x^2 for |x| <= 1.25. */
  static final float ERF_0 = 0.12837914f;
  static final float ERF_1 = -0.3761248f;
  static final float ERF_2 = 0.112821937f;
  static final float ERF_3 = -0.026804915f;
  static final float ERF_4 = 0.0051099947f;
  static final float ERF_5 = -0.00074260915f;
  static final float ERF_6 = 6.2024417e-05f;

  /** The eighth root of 1 - erf(x) in powers of x - 2 for x in 1.25 .. 4. */
  static final float ERFC_0 = 0.51139265f;
  static final float ERFC_1 = -0.2824271f;
  static final float ERFC_2 = 0.018936552f;
  static final float ERFC_3 = 0.017202808f;
  static final float ERFC_4 = -0.0027941945f;
  static final float ERFC_5 = -0.0006503787f;
  static final float ERFC_6 = 0.000172204f;
}
