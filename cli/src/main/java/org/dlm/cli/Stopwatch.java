package org.dlm.cli;

import java.util.Arrays;

/**
 * How long a call takes once it is warm: calls are made for a third of the time, again and again while they still get
 * faster (the just-in-time compiler needs longer than an interpreter of finished kernels, the more so on a busy
 * machine).
 *
 * @param medianMillis half of the calls were faster
 * @param minMillis the fastest
 */
record Stopwatch(double medianMillis, double minMillis) {
  private static final int MOST_ROUNDS = 8;

  /** Times {@code call}; {@code warm} is called once before what is measured. */
  static Stopwatch time(Runnable call, Runnable warm, double seconds) {
    warmUp(call, seconds / 3);
    warm.run();
    double[] times = new double[1024];
    int count = 0;
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (count < 5 || System.nanoTime() < end) {
      long start = System.nanoTime();
      call.run();
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = (System.nanoTime() - start) * 1e-6;
    }
    Arrays.sort(times, 0, count);
    return new Stopwatch(times[count / 2], times[0]);
  }

  private static void warmUp(Runnable call, double seconds) {
    long best = Long.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      long fastest = Long.MAX_VALUE;
      long end = System.nanoTime() + (long) (seconds * 1e9);
      for (int n = 0; n < 3 || System.nanoTime() < end; n++) {
        long start = System.nanoTime();
        call.run();
        fastest = Math.min(fastest, System.nanoTime() - start);
      }
      if (fastest > 0.95 * best) {
        return;
      }
      best = fastest;
    }
  }
}
