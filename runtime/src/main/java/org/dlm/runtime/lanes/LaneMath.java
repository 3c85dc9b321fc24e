package org.dlm.runtime.lanes;

import static org.dlm.runtime.lanes.Polynomials.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;

/**
 * The transcendental functions of generated code, a vector at a time. The same steps as {@link ScalarMath}, so the same
 * bits: compiled or interpreted, in a vector or in what is left over after the last whole one.
 */
public final class LaneMath {
  private LaneMath() {}

  private static FloatVector all(float value) {
    return FloatVector.broadcast(Lanes.FLOATS, value);
  }

  public static FloatVector exp(FloatVector x) {
    return expInside(within(x, EXP_LEAST, EXP_MOST));
  }

  /** As {@code x.min(most).max(least)}, which takes three times as long since it orders zeros. */
  private static FloatVector within(FloatVector x, float least, float most) {
    FloatVector below = x.blend(most, x.compare(VectorOperators.GT, most));
    return below.blend(least, x.compare(VectorOperators.LT, least));
  }

  private static FloatVector expInside(FloatVector inside) {
    FloatVector shifted = inside.fma(all(LOG2_E), all(ROUND));
    FloatVector n = shifted.sub(ROUND);
    FloatVector r = n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), inside));
    IntVector whole = shifted.reinterpretAsInts().sub(ROUND_BITS);
    IntVector half = whole.lanewise(VectorOperators.ASHR, 1);
    return tail(r).add(1f).mul(power(half)).mul(power(whole.sub(half)));
  }

  /** e^r - 1. */
  private static FloatVector tail(FloatVector r) {
    FloatVector p = all(EXP_5);
    p = p.fma(r, all(EXP_4));
    p = p.fma(r, all(EXP_3));
    p = p.fma(r, all(EXP_2));
    p = p.fma(r, all(EXP_1));
    p = p.fma(r, all(EXP_0));
    return r.mul(r).fma(p, r);
  }

  private static FloatVector power(IntVector exponent) {
    return exponent.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats();
  }

  /** e^x - 1 for x in -88 .. 88. */
  private static FloatVector minusOne(FloatVector x) {
    FloatVector shifted = x.fma(all(LOG2_E), all(ROUND));
    FloatVector n = shifted.sub(ROUND);
    FloatVector q = tail(n.fma(all(-LN2_LOW), n.fma(all(-LN2_HIGH), x)));
    FloatVector scale = power(shifted.reinterpretAsInts().sub(ROUND_BITS));
    return scale.fma(q, scale.sub(1f));
  }

  public static FloatVector expm1(FloatVector x) {
    return minusOne(within(x, -88f, 88f)).blend(exp(x), x.compare(VectorOperators.GT, 88f));
  }

  public static FloatVector tanh(FloatVector x) {
    FloatVector e = minusOne(within(x.mul(2f), -TANH_MOST, TANH_MOST));
    return e.div(e.add(2f));
  }

  public static FloatVector sigmoid(FloatVector x) {
    FloatVector e = expInside(within(x, EXP_LEAST, SIGMOID_MOST));
    return e.div(e.add(1f));
  }

  public static FloatVector log(FloatVector x) {
    VectorMask<Float> tiny = x.compare(VectorOperators.LT, Float.MIN_NORMAL);
    IntVector bits = x.blend(x.mul(TWO_TO_23), tiny).reinterpretAsInts().sub(SQRT_HALF_BITS);
    FloatVector exponent = (FloatVector) bits.lanewise(VectorOperators.ASHR, 23).convert(VectorOperators.I2F, 0);
    FloatVector e = exponent.blend(exponent.sub(23f), tiny);
    FloatVector f = bits.and(FRACTION_BITS).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
    FloatVector square = f.mul(f);
    FloatVector p = all(LOG_8);
    p = p.fma(f, all(LOG_7));
    p = p.fma(f, all(LOG_6));
    p = p.fma(f, all(LOG_5));
    p = p.fma(f, all(LOG_4));
    p = p.fma(f, all(LOG_3));
    p = p.fma(f, all(LOG_2));
    p = p.fma(f, all(LOG_1));
    p = p.fma(f, all(LOG_0));
    FloatVector rest = square.mul(f).fma(p, e.mul(LN2_LOW));
    FloatVector value = e.fma(all(LN2_HIGH), square.fma(all(-0.5f), rest).add(f));
    return value.blend(Float.POSITIVE_INFINITY, x.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY))
        .blend(Float.NEGATIVE_INFINITY, x.compare(VectorOperators.EQ, 0f))
        .blend(Float.NaN, x.compare(VectorOperators.GE, 0f).not());
  }

  public static FloatVector log1p(FloatVector x) {
    FloatVector u = x.add(1f);
    FloatVector value = log(u).mul(x.div(u.sub(1f)));
    return value.blend(x, u.compare(VectorOperators.EQ, 1f))
        .blend(u, u.compare(VectorOperators.EQ, Float.POSITIVE_INFINITY));
  }

  public static FloatVector erf(FloatVector x) {
    FloatVector size = x.abs();
    IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
    FloatVector far = farErf(size.blend(ERF_MOST, size.compare(VectorOperators.GT, ERF_MOST)));
    return nearErf(x).blend(far.reinterpretAsInts().or(sign).reinterpretAsFloats(),
        size.compare(VectorOperators.GT, ERF_NEAR));
  }

  private static FloatVector nearErf(FloatVector x) {
    FloatVector z = x.mul(x);
    FloatVector p = all(ERF_6);
    p = p.fma(z, all(ERF_5));
    p = p.fma(z, all(ERF_4));
    p = p.fma(z, all(ERF_3));
    p = p.fma(z, all(ERF_2));
    p = p.fma(z, all(ERF_1));
    p = p.fma(z, all(ERF_0));
    return x.fma(p, x);
  }

  private static FloatVector farErf(FloatVector z) {
    FloatVector t = z.sub(ERFC_CENTRE);
    FloatVector root = all(ERFC_6);
    root = root.fma(t, all(ERFC_5));
    root = root.fma(t, all(ERFC_4));
    root = root.fma(t, all(ERFC_3));
    root = root.fma(t, all(ERFC_2));
    root = root.fma(t, all(ERFC_1));
    root = root.fma(t, all(ERFC_0));
    FloatVector square = root.mul(root);
    FloatVector fourth = square.mul(square);
    return fourth.neg().fma(fourth, all(1f));
  }


  public static FloatVector rsqrt(FloatVector x) {
    return all(1f).div(x.sqrt());
  }

  /** 1, -1 or, for zeros and NaN, 0. */
  public static FloatVector sign(FloatVector x) {
    return all(0f).blend(1f, x.compare(VectorOperators.GT, 0f)).blend(-1f, x.compare(VectorOperators.LT, 0f));
  }
}
