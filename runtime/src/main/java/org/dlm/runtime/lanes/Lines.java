package org.dlm.runtime.lanes;

/**
 * Short stretches of memory, a few for each thread, that stay in the first cache: kernels in lanes write the
 * arguments of slow functions to them, and one shared loop a function of {@link LaneMath} puts the results in their
 * place. Written out in each kernel, two such functions are more than the just-in-time compiler takes in one method,
 * and what it leaves out makes an object of every vector.
 */
public final class Lines {
  private Lines() {}

  /** Floats of a line: whole vectors of any width, also four at a time. */
  public static final int LENGTH = 512;

  private static final ThreadLocal<float[]> OF_THREAD = ThreadLocal.withInitial(() -> new float[4 * LENGTH]);
  private static final ThreadLocal<float[]> SPARE = ThreadLocal.withInitial(() -> new float[LENGTH]);

  /** At least {@code count} lines of the calling thread, one behind the other. */
  public static float[] of(int count) {
    float[] lines = OF_THREAD.get();
    if (lines.length < count * LENGTH) {
      lines = new float[count * LENGTH];
      OF_THREAD.set(lines);
    }
    return lines;
  }

  /** A line that only functions of lines use, and not across calls. */
  static float[] spare() {
    return SPARE.get();
  }
}
