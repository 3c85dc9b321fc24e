package org.dlm.runtime.kernel;

/**
 * Random numbers without a state: each is decided by the program's seed, the training step, the place in the model and the
 * position in the tensor, so that it can be computed anywhere, at any time, in any order.
 */
public final class CounterRandom {
  private CounterRandom() {}

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Evenly distributed in [0, 1): 24 random bits. */
  public static float uniform(long seed, long step, int site, int counter) {
    return (mix(key(seed, step, site) + counter * GOLDEN) >>> 40) * 0x1p-24f;
  }

  /** Standard normal, by Box and Muller. */
  public static float normal(long seed, long step, int site, int counter) {
    long bits = mix(key(seed, step, site) + counter * GOLDEN);
    double radius = Math.sqrt(-2 * StrictMath.log(((bits >>> 40) + 1) * 0x1p-24));
    return (float) (radius * StrictMath.cos(2 * Math.PI * ((bits & 0xFFFFFF) * 0x1p-24)));
  }

  private static long key(long seed, long step, int site) {
    return mix(mix(seed + GOLDEN) ^ mix(step * 0xD1B54A32D192ED03L + site));
  }

  /** Stafford's variant 13 of the finaliser of MurmurHash3, as in SplittableRandom. */
  private static long mix(long z) {
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
