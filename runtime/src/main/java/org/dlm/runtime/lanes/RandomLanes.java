package org.dlm.runtime.lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The numbers of {@link CounterRandom}, bit for bit, a vector at a time. */
public final class RandomLanes {
  private RandomLanes() {}

  private static final VectorSpecies<Float> F = Lanes.FLOATS;
  private static final VectorSpecies<Integer> I = Lanes.INTS;
  private static final IntVector STEPS = IntVector.zero(I).addIndex(1);

  /** The numbers {@code firstIndex, firstIndex + 1, ...} under a key, uniform in [0, 1). */
  public static FloatVector uniform(long key, int firstIndex) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    int k2 = CounterRandom.PARITY ^ k0 ^ k1;
    IntVector x0 = STEPS.add(firstIndex + k0);
    IntVector x1 = IntVector.broadcast(I, k1);
    for (int four = 1; four <= 5; four++) {
      boolean odd = (four & 1) == 1;
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, odd ? 13 : 17).lanewise(VectorOperators.XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, odd ? 15 : 29).lanewise(VectorOperators.XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, odd ? 26 : 16).lanewise(VectorOperators.XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, odd ? 6 : 24).lanewise(VectorOperators.XOR, x0);
      int next = k0;
      k0 = k1;
      k1 = k2;
      k2 = next;
      x0 = x0.add(k0);
      x1 = x1.add(k1 + four);
    }
    return unit(x0, 0);
  }

  /** The numbers {@code firstIndex, firstIndex + 1, ...} under a key, normal with mean 0 and variance 1. */
  public static FloatVector normal(long key, int firstIndex) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    int k2 = CounterRandom.PARITY ^ k0 ^ k1;
    IntVector x0 = STEPS.add(firstIndex + k0);
    IntVector x1 = IntVector.broadcast(I, k1);
    for (int four = 1; four <= 5; four++) {
      boolean odd = (four & 1) == 1;
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, odd ? 13 : 17).lanewise(VectorOperators.XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, odd ? 15 : 29).lanewise(VectorOperators.XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, odd ? 26 : 16).lanewise(VectorOperators.XOR, x0);
      x0 = x0.add(x1);
      x1 = x1.lanewise(VectorOperators.ROL, odd ? 6 : 24).lanewise(VectorOperators.XOR, x0);
      int next = k0;
      k0 = k1;
      k1 = k2;
      k2 = next;
      x0 = x0.add(k0);
      x1 = x1.add(k1 + four);
    }
    return log(unit(x0, 1)).mul(-2f).sqrt().mul(cosOfTurns(unit(x1, 0)));
  }

  /** Writes {@code count} uniform numbers from {@code firstIndex} on to {@code out}, in one compiled loop. */
  public static void fillUniform(long key, int firstIndex, float[] out, int at, int count) {
    int bound = F.loopBound(count);
    for (int i = 0; i < bound; i += F.length()) {
      uniform(key, firstIndex + i).intoArray(out, at + i);
    }
    for (int i = bound; i < count; i++) {
      out[at + i] = CounterRandom.uniform(key, firstIndex + i);
    }
  }

  /** Writes {@code count} normal numbers from {@code firstIndex} on to {@code out}, in one compiled loop. */
  public static void fillNormal(long key, int firstIndex, float[] out, int at, int count) {
    int bound = F.loopBound(count);
    for (int i = 0; i < bound; i += F.length()) {
      normal(key, firstIndex + i).intoArray(out, at + i);
    }
    for (int i = bound; i < count; i++) {
      out[at + i] = CounterRandom.normal(key, firstIndex + i);
    }
  }

  private static FloatVector unit(IntVector bits, int plus) {
    return ((FloatVector) bits.lanewise(VectorOperators.LSHR, 8).add(plus).convertShape(VectorOperators.I2F, F, 0))
        .mul(0x1p-24f);
  }

  private static FloatVector log(FloatVector x) {
    IntVector bits = x.reinterpretAsInts();
    FloatVector exponent = (FloatVector) bits.lanewise(VectorOperators.LSHR, 23).sub(126)
        .convertShape(VectorOperators.I2F, F, 0);
    FloatVector m = bits.and(0x7FFFFF).or(0x3F000000).reinterpretAsFloats();
    VectorMask<Float> small = m.lt(CounterRandom.ROOT_HALF);
    exponent = exponent.blend(exponent.sub(1), small);
    m = m.blend(m.add(m), small).sub(1);
    FloatVector square = m.mul(m);
    FloatVector p = FloatVector.broadcast(F, CounterRandom.LOG[0]);
    for (int i = 1; i < CounterRandom.LOG.length; i++) {
      p = p.mul(m).add(CounterRandom.LOG[i]);
    }
    FloatVector rest = p.mul(m.mul(square)).add(exponent.mul(CounterRandom.LN2_LOW)).sub(square.mul(0.5f));
    return m.add(rest).add(exponent.mul(CounterRandom.LN2_HIGH));
  }

  private static FloatVector cosOfTurns(FloatVector t) {
    FloatVector quarters = t.mul(4);
    IntVector quadrant = (IntVector) quarters.add(0.5f).convertShape(VectorOperators.F2I, I, 0);
    FloatVector r = quarters.sub((FloatVector) quadrant.convertShape(VectorOperators.I2F, F, 0))
        .mul(CounterRandom.QUARTER_TURN);
    FloatVector square = r.mul(r);
    FloatVector cos = square.mul(CounterRandom.COS[0]).add(CounterRandom.COS[1]).mul(square).add(CounterRandom.COS[2])
        .mul(square.mul(square)).sub(square.mul(0.5f)).add(1);
    FloatVector sin = square.mul(CounterRandom.SIN[0]).add(CounterRandom.SIN[1]).mul(square).add(CounterRandom.SIN[2])
        .mul(square.mul(r)).add(r);
    VectorMask<Float> even = quadrant.and(1).eq(0).cast(F);
    VectorMask<Float> positive = quadrant.add(1).and(2).eq(0).cast(F);
    FloatVector value = sin.blend(cos, even);
    return value.neg().blend(value, positive);
  }
}
