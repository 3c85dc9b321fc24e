package org.dlm.compiler.graph;

import org.dlm.compiler.loop.Expr;

/** Random numbers for the interpreter: a mixing function of seed, site and counter. Not the runtime's stream. */
final class MixedRandomNumbers {
  private MixedRandomNumbers() {}

  static Interpret.RandomNumbers of(long seed) {
    return (distribution, site, counter) -> switch (distribution) {
      case UNIFORM -> uniform(seed, site, 2 * counter);
      case NORMAL -> Math.sqrt(-2 * Math.log(1 - uniform(seed, site, 2 * counter)))
          * Math.cos(2 * Math.PI * uniform(seed, site, 2 * counter + 1));
    };
  }

  private static double uniform(long seed, int site, long counter) {
    return (mix(mix(mix(seed) + site) + counter) >>> 11) * 0x1p-53;
  }

  /** The finalizer of SplitMix64. */
  private static long mix(long z) {
    z += 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
