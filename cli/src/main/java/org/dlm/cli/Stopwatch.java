package org.dlm.cli;

import java.util.Arrays;

/**
 * How long a call takes once it is warm: calls are made for a third of the time, again and again while they still get
 * faster (the just-in-time compiler needs longer than an interpreter of finished kernels, the more so on a busy
 * machine).
 *
 * @param medianMillis half of the calls were faster
 * @param minMillis the fastest
 * @param warmSeconds from the first call on until calls took no longer than {@link #WARM} times the median
 */
record Stopwatch(double medianMillis, double minMillis, double warmSeconds) {
  /** A call this much slower than in the end counts as warm. */
  private static final double WARM = 1.2;

  private static final int MOST_ROUNDS = 8;

  /** Times {@code call}; {@code warm} is called once before what is measured. */
  static Stopwatch time(Runnable call, Runnable warm, double seconds) {
    Times first = new Times();
    warmUp(call, seconds / 3, first);
    warm.run();
    Times times = new Times();
    long end = System.nanoTime() + (long) (seconds * 1e9);
    while (times.count < 5 || System.nanoTime() < end) {
      times.add(call);
    }
    double[] sorted = Arrays.copyOf(times.millis, times.count);
    Arrays.sort(sorted);
    double median = sorted[times.count / 2];
    return new Stopwatch(median, sorted[0], first.secondsUntilBelow(WARM * median));
  }

  private static void warmUp(Runnable call, double seconds, Times times) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < MOST_ROUNDS; round++) {
      double fastest = Double.MAX_VALUE;
      long end = System.nanoTime() + (long) (seconds * 1e9);
      for (int n = 0; n < 3 || System.nanoTime() < end; n++) {
        fastest = Math.min(fastest, times.add(call));
      }
      if (fastest > 0.95 * best) {
        return;
      }
      best = fastest;
    }
  }

  /** How long each call took, one after the other. */
  private static final class Times {
    private double[] millis = new double[1024];
    private int count;

    double add(Runnable call) {
      if (count == millis.length) {
        millis = Arrays.copyOf(millis, 2 * count);
      }
      long start = System.nanoTime();
      call.run();
      millis[count] = (System.nanoTime() - start) * 1e-6;
      return millis[count++];
    }

    /** The time until two calls in a row are as fast, or of all calls. */
    double secondsUntilBelow(double limit) {
      double sum = 0;
      for (int i = 0; i < count; i++) {
        sum += millis[i];
        if (millis[i] <= limit && (i + 1 == count || millis[i + 1] <= limit)) {
          break;
        }
      }
      return 1e-3 * sum;
    }
  }
}
