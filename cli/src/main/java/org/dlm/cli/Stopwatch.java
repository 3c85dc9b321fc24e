package org.dlm.cli;

import java.util.Arrays;

/**
 * How long a call takes, after a warm-up of a third of the time (as the scripts of the peers do it).
 *
 * @param medianMillis half of the calls were faster
 * @param minMillis the fastest
 */
record Stopwatch(double medianMillis, double minMillis) {
  static Stopwatch time(Runnable call, double seconds) {
    long end = System.nanoTime() + (long) (seconds / 3 * 1e9);
    for (int n = 0; n < 3 || System.nanoTime() < end; n++) {
      call.run();
    }
    double[] times = new double[1024];
    int count = 0;
    end = System.nanoTime() + (long) (seconds * 1e9);
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
}
