package org.dlm.runtime.kernel;

/**
 * Measures what the multiply-add units give at best: the innermost loop of the contractions on operands that fit the
 * first cache, which is what every share of the peak is a share of.
 */
public final class Peak {
  private Peak() {}

  private static final TileKernels KERNELS = TileKernels.CHOSEN;
  private static final int DEPTH = 128;
  private static final int HEIGHT = KERNELS.tall() ? 8 : 4;
  private static final long WARM_UP_NANOS = 80_000_000;

  /** Below this rate the loop is not compiled yet. */
  private static final double COMPILED = KERNELS.lanes() >= 4 && KERNELS.columns() > 4 ? 8 : 1.5;

  /** A busy machine takes its time to compile, but a virtual machine without that compiler never does. */
  private static final int PATIENCE = 40;

  private static final long MEASURE_NANOS = 60_000_000;

  /** Billions of floating-point operations a second on one thread, and on all threads of the pool together. */
  public record Rates(double oneThread, double allThreads) {}

  /** Takes about a third of a second once the loop is compiled. */
  public static Rates measure() {
    Task serial = (from, to) -> sweeps(to - from);
    int tries = 0;
    while (best(serial, 1, WARM_UP_NANOS) < COMPILED && tries < PATIENCE) {
      tries++;
    }
    double one = best(serial, 1, MEASURE_NANOS);
    int threads = Pool.threads();
    Task shared = (from, to) -> Pool.run(serial, 64 * threads, 64);
    best(shared, 64 * threads, WARM_UP_NANOS);
    double all = threads == 1 ? one : best(shared, 64 * threads, MEASURE_NANOS);
    return new Rates(one, Math.max(one, all));
  }

  /** The best rate seen, since other processes can only slow this one down. */
  private static double best(Task task, int sweepsARun, long nanos) {
    int runs = sweepsARun == 1 ? 64 : 1;
    double operations = 2.0 * HEIGHT * KERNELS.columns() * DEPTH * 64 * (sweepsARun == 1 ? 1 : sweepsARun / 64);
    double best = 0;
    long end = System.nanoTime() + nanos;
    for (long start = System.nanoTime(); start < end; ) {
      task.run(0, runs);
      long now = System.nanoTime();
      best = Math.max(best, operations / (now - start));
      start = now;
    }
    return best;
  }

  private static void sweeps(int count) {
    float[] left = new float[HEIGHT * DEPTH + TileScratch.ALIGNED];
    float[] panel = new float[KERNELS.columns() * DEPTH + TileScratch.ALIGNED];
    float[] tile = new float[HEIGHT * KERNELS.columns() + TileScratch.ALIGNED];
    int[] lines = new int[DEPTH];
    for (int i = 0; i < DEPTH; i++) {
      lines[i] = i * KERNELS.columns();
    }
    for (int i = 0; i < count; i++) {
      KERNELS.packed(HEIGHT, left, TileScratch.ALIGNED, panel, TileScratch.ALIGNED, lines, 0, DEPTH, tile,
          TileScratch.ALIGNED, lines, 0, false);
    }
  }
}
