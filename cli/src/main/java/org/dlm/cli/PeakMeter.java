package org.dlm.cli;

import java.util.concurrent.atomic.AtomicLong;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.dlm.runtime.kernel.Pool;
import org.dlm.runtime.lanes.Lanes;

/** Measures how many multiply-adds this machine can do at most: nothing but independent FMAs in registers. */
final class PeakMeter {
  private static final VectorSpecies<Float> SPECIES = Lanes.FLOATS;

  /** Two FMA units of latency 4 or 5 need ten sums at once to be busy. */
  private static final int CHAINS = 10;

  private static final int ROUNDS = 20_000;
  private static final int PIECES = 64;

  private PeakMeter() {}

  /** GFLOP/s (a multiply-add is two) with the pool's threads: the best of several tries. */
  static double gigaflops(double seconds) {
    AtomicLong sink = new AtomicLong();
    double best = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (System.nanoTime() < end) {
      long start = System.nanoTime();
      Pool.run((from, to) -> {
        for (int i = from; i < to; i++) {
          sink.addAndGet(Float.floatToRawIntBits(chains(1e-7f * i)));
        }
      }, PIECES, 1);
      double flops = 2.0 * CHAINS * SPECIES.length() * ROUNDS * PIECES;
      best = Math.max(best, flops / (System.nanoTime() - start));
    }
    return best;
  }

  private static float chains(float start) {
    FloatVector a = FloatVector.broadcast(SPECIES, start);
    FloatVector b = FloatVector.broadcast(SPECIES, 0.999f);
    FloatVector s0 = a;
    FloatVector s1 = a;
    FloatVector s2 = a;
    FloatVector s3 = a;
    FloatVector s4 = a;
    FloatVector s5 = a;
    FloatVector s6 = a;
    FloatVector s7 = a;
    FloatVector s8 = a;
    FloatVector s9 = a;
    for (int i = 0; i < ROUNDS; i++) {
      s0 = s0.fma(b, a);
      s1 = s1.fma(b, a);
      s2 = s2.fma(b, a);
      s3 = s3.fma(b, a);
      s4 = s4.fma(b, a);
      s5 = s5.fma(b, a);
      s6 = s6.fma(b, a);
      s7 = s7.fma(b, a);
      s8 = s8.fma(b, a);
      s9 = s9.fma(b, a);
    }
    return s0.add(s1).add(s2).add(s3).add(s4).add(s5.add(s6).add(s7).add(s8).add(s9)).lane(0);
  }
}
