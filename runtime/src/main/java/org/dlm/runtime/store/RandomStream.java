package org.dlm.runtime.store;

/**
 * Random numbers that are the same on every machine: SplitMix64 (Steele, Lea, Flood, 2014) over a counter, and
 * StrictMath for what is derived from it.
 */
public final class RandomStream {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /** Streams with neighbouring numbers share nothing: the number is scrambled before it is counted on. */
  public RandomStream(long stream) {
    state = mix(stream + GOLDEN);
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  public long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** In [0, 1). */
  public double uniform() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** In [0, bound), without the bias of a plain remainder. */
  public int below(int bound) {
    return (int) Math.multiplyHigh(next() >>> 1, 2L * bound);
  }

  /** Mean 0, variance 1 (Box and Muller; the second number is thrown away, which keeps a draw free of state). */
  public double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform()));
    return radius * StrictMath.cos(2 * StrictMath.PI * uniform());
  }
}
