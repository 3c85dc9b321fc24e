package org.dlm.runtime.lanes;

import static jdk.incubator.vector.VectorOperators.ASHR;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.I2F;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LT;
import static org.dlm.runtime.lanes.Polynomials.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The transcendental functions of {@link LaneMath} on stretches of {@link Lines}, in place: one loop a function, which
 * all kernels share. The last vector of a stretch is worked on whole, also behind the end of the stretch (a line has
 * room for it, and belongs to one thread): number by number its rest would take longer than all before it.
 *
 * <p>The same steps, so the same bits, but written out: the just-in-time compiler takes operations of vectors of its
 * own into a method without end, our methods only up to some dozens of them, and what it leaves out makes an object
 * of every vector. Each loop is a method so long (more than 325 bytes) that it is never taken into a kernel, where
 * the same would happen.
 */
public final class LineMath {
  private LineMath() {}

  private static final VectorSpecies<Float> F = Lanes.FLOATS;
  private static final int WIDTH = F.length();

  public static void exp(float[] line, int at, int count) {
    int bound = at + (count + WIDTH - 1) / WIDTH * WIDTH;
    for (int i = at; i < bound; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(F, line, i);
      x = x.blend(EXP_MOST, x.compare(GT, EXP_MOST));
      x = x.blend(EXP_LEAST, x.compare(LT, EXP_LEAST));
      FloatVector shifted = x.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND));
      FloatVector n = shifted.sub(ROUND);
      FloatVector r = n.fma(FloatVector.broadcast(F, -LN2_LOW), n.fma(FloatVector.broadcast(F, -LN2_HIGH), x));
      FloatVector p = r.fma(FloatVector.broadcast(F, EXP_5), FloatVector.broadcast(F, EXP_4));
      p = p.fma(r, FloatVector.broadcast(F, EXP_3));
      p = p.fma(r, FloatVector.broadcast(F, EXP_2));
      p = p.fma(r, FloatVector.broadcast(F, EXP_1));
      p = p.fma(r, FloatVector.broadcast(F, EXP_0));
      p = r.mul(r).fma(p, r);
      IntVector whole = shifted.reinterpretAsInts().sub(ROUND_BITS);
      IntVector half = whole.lanewise(ASHR, 1);
      FloatVector low = half.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector high = whole.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector e = p.add(1f).mul(low).mul(high);
      e.intoArray(line, i);
    }
  }

  public static void sigmoid(float[] line, int at, int count) {
    int bound = at + (count + WIDTH - 1) / WIDTH * WIDTH;
    for (int i = at; i < bound; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(F, line, i);
      x = x.blend(SIGMOID_MOST, x.compare(GT, SIGMOID_MOST));
      x = x.blend(EXP_LEAST, x.compare(LT, EXP_LEAST));
      FloatVector shifted = x.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND));
      FloatVector n = shifted.sub(ROUND);
      FloatVector r = n.fma(FloatVector.broadcast(F, -LN2_LOW), n.fma(FloatVector.broadcast(F, -LN2_HIGH), x));
      FloatVector p = r.fma(FloatVector.broadcast(F, EXP_5), FloatVector.broadcast(F, EXP_4));
      p = p.fma(r, FloatVector.broadcast(F, EXP_3));
      p = p.fma(r, FloatVector.broadcast(F, EXP_2));
      p = p.fma(r, FloatVector.broadcast(F, EXP_1));
      p = p.fma(r, FloatVector.broadcast(F, EXP_0));
      p = r.mul(r).fma(p, r);
      IntVector whole = shifted.reinterpretAsInts().sub(ROUND_BITS);
      IntVector half = whole.lanewise(ASHR, 1);
      FloatVector low = half.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector high = whole.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector e = p.add(1f).mul(low).mul(high);
      e.div(e.add(1f)).intoArray(line, i);
    }
  }

  public static void tanh(float[] line, int at, int count) {
    int bound = at + (count + WIDTH - 1) / WIDTH * WIDTH;
    for (int i = at; i < bound; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(F, line, i);
      x = x.mul(2f);
      x = x.blend(TANH_MOST, x.compare(GT, TANH_MOST));
      x = x.blend(-TANH_MOST, x.compare(LT, -TANH_MOST));
      FloatVector shifted = x.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND));
      FloatVector n = shifted.sub(ROUND);
      FloatVector r = n.fma(FloatVector.broadcast(F, -LN2_LOW), n.fma(FloatVector.broadcast(F, -LN2_HIGH), x));
      FloatVector p = r.fma(FloatVector.broadcast(F, EXP_5), FloatVector.broadcast(F, EXP_4));
      p = p.fma(r, FloatVector.broadcast(F, EXP_3));
      p = p.fma(r, FloatVector.broadcast(F, EXP_2));
      p = p.fma(r, FloatVector.broadcast(F, EXP_1));
      p = p.fma(r, FloatVector.broadcast(F, EXP_0));
      p = r.mul(r).fma(p, r);
      IntVector whole = shifted.reinterpretAsInts().sub(ROUND_BITS);
      FloatVector scale = whole.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector e = scale.fma(p, scale.sub(1f));
      e.div(e.add(2f)).intoArray(line, i);
    }
  }

  public static void expm1(float[] line, int at, int count) {
    int bound = at + (count + WIDTH - 1) / WIDTH * WIDTH;
    for (int i = at; i < bound; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(F, line, i);
      VectorMask<Float> large = x.compare(GT, 88f);
      FloatVector given = x.blend(EXP_MOST, x.compare(GT, EXP_MOST));
      x = given.blend(-88f, given.compare(LT, -88f));
      FloatVector shifted = x.fma(FloatVector.broadcast(F, LOG2_E), FloatVector.broadcast(F, ROUND));
      FloatVector n = shifted.sub(ROUND);
      FloatVector r = n.fma(FloatVector.broadcast(F, -LN2_LOW), n.fma(FloatVector.broadcast(F, -LN2_HIGH), x));
      FloatVector p = r.fma(FloatVector.broadcast(F, EXP_5), FloatVector.broadcast(F, EXP_4));
      p = p.fma(r, FloatVector.broadcast(F, EXP_3));
      p = p.fma(r, FloatVector.broadcast(F, EXP_2));
      p = p.fma(r, FloatVector.broadcast(F, EXP_1));
      p = p.fma(r, FloatVector.broadcast(F, EXP_0));
      p = r.mul(r).fma(p, r);
      IntVector whole = shifted.reinterpretAsInts().sub(ROUND_BITS);
      IntVector half = whole.lanewise(ASHR, 1);
      FloatVector low = half.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector high = whole.sub(half).add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector scale = whole.add(127).lanewise(LSHL, 23).reinterpretAsFloats();
      FloatVector e = p.add(1f).mul(low).mul(high);
      scale.fma(p, scale.sub(1f)).blend(e, large).intoArray(line, i);
    }
  }

  public static void log(float[] line, int at, int count) {
    int bound = at + (count + WIDTH - 1) / WIDTH * WIDTH;
    for (int i = at; i < bound; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(F, line, i);
      VectorMask<Float> tiny = x.compare(LT, Float.MIN_NORMAL);
      IntVector bits = x.blend(x.mul(TWO_TO_23), tiny).reinterpretAsInts().sub(SQRT_HALF_BITS);
      FloatVector exponent = (FloatVector) bits.lanewise(ASHR, 23).convert(I2F, 0);
      FloatVector e = exponent.blend(exponent.sub(23f), tiny);
      FloatVector f = bits.and(FRACTION_BITS).add(SQRT_HALF_BITS).reinterpretAsFloats().sub(1f);
      FloatVector square = f.mul(f);
      FloatVector p = f.fma(FloatVector.broadcast(F, LOG_8), FloatVector.broadcast(F, LOG_7));
      p = p.fma(f, FloatVector.broadcast(F, LOG_6));
      p = p.fma(f, FloatVector.broadcast(F, LOG_5));
      p = p.fma(f, FloatVector.broadcast(F, LOG_4));
      p = p.fma(f, FloatVector.broadcast(F, LOG_3));
      p = p.fma(f, FloatVector.broadcast(F, LOG_2));
      p = p.fma(f, FloatVector.broadcast(F, LOG_1));
      p = p.fma(f, FloatVector.broadcast(F, LOG_0));
      FloatVector rest = square.mul(f).fma(p, e.mul(LN2_LOW));
      FloatVector value = e.fma(FloatVector.broadcast(F, LN2_HIGH),
          square.fma(FloatVector.broadcast(F, -0.5f), rest).add(f));
      value = value.blend(Float.POSITIVE_INFINITY, x.compare(EQ, Float.POSITIVE_INFINITY));
      value = value.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0f));
      value.blend(Float.NaN, x.compare(GE, 0f).not()).intoArray(line, i);
    }
  }

  /** {@code log(1 + x)}, through {@code log} where 1 + x is no longer 1. */
  public static void log1p(float[] line, int at, int count) {
    float[] spare = Lines.spare();
    for (int from = 0; from < count; from += Lines.LENGTH) {
      int part = Math.min(count - from, Lines.LENGTH);
      for (int i = 0; i < part; i++) {
        spare[i] = 1f + line[at + from + i];
      }
      log(spare, 0, part);
      for (int i = 0; i < part; i++) {
        line[at + from + i] = ScalarMath.log1p(line[at + from + i], spare[i]);
      }
    }
  }

  public static void erf(float[] line, int at, int count) {
    int bound = at + (count + WIDTH - 1) / WIDTH * WIDTH;
    for (int i = at; i < bound; i += WIDTH) {
      FloatVector x = FloatVector.fromArray(F, line, i);
      FloatVector size = x.abs();
      FloatVector t = size.blend(ERF_MOST, size.compare(GT, ERF_MOST)).sub(ERFC_CENTRE);
      FloatVector root = t.fma(FloatVector.broadcast(F, ERFC_6), FloatVector.broadcast(F, ERFC_5));
      root = root.fma(t, FloatVector.broadcast(F, ERFC_4));
      root = root.fma(t, FloatVector.broadcast(F, ERFC_3));
      root = root.fma(t, FloatVector.broadcast(F, ERFC_2));
      root = root.fma(t, FloatVector.broadcast(F, ERFC_1));
      root = root.fma(t, FloatVector.broadcast(F, ERFC_0));
      FloatVector square = root.mul(root);
      FloatVector fourth = square.mul(square);
      FloatVector far = fourth.neg().fma(fourth, FloatVector.broadcast(F, 1f));
      IntVector sign = x.reinterpretAsInts().and(Integer.MIN_VALUE);
      FloatVector signed = far.reinterpretAsInts().or(sign).reinterpretAsFloats();
      FloatVector z = x.mul(x);
      FloatVector p = z.fma(FloatVector.broadcast(F, ERF_6), FloatVector.broadcast(F, ERF_5));
      p = p.fma(z, FloatVector.broadcast(F, ERF_4));
      p = p.fma(z, FloatVector.broadcast(F, ERF_3));
      p = p.fma(z, FloatVector.broadcast(F, ERF_2));
      p = p.fma(z, FloatVector.broadcast(F, ERF_1));
      p = p.fma(z, FloatVector.broadcast(F, ERF_0));
      x.fma(p, x).blend(signed, size.compare(GT, ERF_NEAR)).intoArray(line, i);
    }
  }
}
