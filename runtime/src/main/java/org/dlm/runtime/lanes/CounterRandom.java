package org.dlm.runtime.lanes;

/**
 * Random numbers without a state: Threefry-2x32 with 20 rounds (Salmon et al., "Parallel Random Numbers: As Easy as 1,
 * 2, 3", 2011) on the number's index, keyed by seed, step and call site. A number can be drawn again at any time, by
 * any thread, and {@link RandomLanes} draws the same bits.
 */
public final class CounterRandom {
  private CounterRandom() {}

  static final int PARITY = 0x1BD11BDA;

  /** The key of all numbers that one call site draws in one step. */
  public static long key(long seed, long step, int site) {
    long ofStep = threefry(seed, (int) step, (int) (step >>> 32));
    return threefry(ofStep, site, 0);
  }

  /** Number {@code index} of a call site in a step, uniform in [0, 1). */
  public static float uniform(long seed, long step, int site, int index) {
    return uniform(key(seed, step, site), index);
  }

  /** Number {@code index} of a call site in a step, normal with mean 0 and variance 1. */
  public static float normal(long seed, long step, int site, int index) {
    return normal(key(seed, step, site), index);
  }

  /** Number {@code index} under a key, uniform in [0, 1): one of the 2^24 multiples of 2^-24. */
  public static float uniform(long key, int index) {
    return ((int) threefry(key, index, 0) >>> 8) * 0x1p-24f;
  }

  /** Number {@code index} under a key, normal with mean 0 and variance 1, by Box and Muller's transform. */
  public static float normal(long key, int index) {
    long bits = threefry(key, index, 0);
    float radius = (float) Math.sqrt(-2 * log((((int) bits >>> 8) + 1) * 0x1p-24f));
    return radius * cosOfTurns(((int) (bits >>> 32) >>> 8) * 0x1p-24f);
  }

  /** The block function; words are in little-endian order in the longs. */
  static long threefry(long key, int counter0, int counter1) {
    int k0 = (int) key;
    int k1 = (int) (key >>> 32);
    int k2 = PARITY ^ k0 ^ k1;
    int x0 = counter0 + k0;
    int x1 = counter1 + k1;
    for (int four = 1; four <= 5; four++) {
      boolean odd = (four & 1) == 1;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 13 : 17) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 15 : 29) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 26 : 16) ^ x0;
      x0 += x1;
      x1 = Integer.rotateLeft(x1, odd ? 6 : 24) ^ x0;
      int next = k0;
      k0 = k1;
      k1 = k2;
      k2 = next;
      x0 += k0;
      x1 += k1 + four;
    }
    return (x0 & 0xFFFF_FFFFL) | (long) x1 << 32;
  }

  // Polynomials of the Cephes library, in single multiplications and additions, so that scalars and lanes round alike.
  static final float[] LOG = {7.0376836292e-2f, -1.1514610310e-1f, 1.1676998740e-1f, -1.2420140846e-1f,
      1.4249322787e-1f, -1.6668057665e-1f, 2.0000714765e-1f, -2.4999993993e-1f, 3.3333331174e-1f};
  static final float LN2_HIGH = 0.693359375f;
  static final float LN2_LOW = -2.12194440e-4f;
  static final float ROOT_HALF = 0.70710678f;
  static final float QUARTER_TURN = 1.5707963268f;
  static final float[] SIN = {-1.9515295891e-4f, 8.3321608736e-3f, -1.6666654611e-1f};
  static final float[] COS = {2.443315711809948e-5f, -1.388731625493765e-3f, 4.166664568298827e-2f};

  /** Natural logarithm of a normal float in (0, 1]. */
  static float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    float exponent = (bits >>> 23) - 126;
    float m = Float.intBitsToFloat((bits & 0x7FFFFF) | 0x3F000000);
    boolean small = m < ROOT_HALF;
    exponent = small ? exponent - 1 : exponent;
    m = (small ? m + m : m) - 1;
    float square = m * m;
    float p = LOG[0];
    for (int i = 1; i < LOG.length; i++) {
      p = p * m + LOG[i];
    }
    return m + (p * (m * square) + exponent * LN2_LOW - 0.5f * square) + exponent * LN2_HIGH;
  }

  /** Cosine of 2π t for t in [0, 1). */
  static float cosOfTurns(float t) {
    float quarters = t * 4;
    int quadrant = (int) (quarters + 0.5f);
    float r = (quarters - quadrant) * QUARTER_TURN;
    float square = r * r;
    float cos = ((COS[0] * square + COS[1]) * square + COS[2]) * (square * square) - 0.5f * square + 1;
    float sin = ((SIN[0] * square + SIN[1]) * square + SIN[2]) * (square * r) + r;
    float value = (quadrant & 1) == 0 ? cos : sin;
    return ((quadrant + 1) & 2) == 0 ? value : -value;
  }
}
