package org.dlm.runtime.data;

/**
 * In which order a pass reads examples: as they come, or shuffled by a seed and the number of an epoch, so that any
 * epoch can be read without those before it.
 */
public record PassOrder(boolean shuffled, long seed, int epoch) {
  /** As they come. */
  public static final PassOrder AS_THEY_COME = new PassOrder(false, 0, 0);

  /** The order of an epoch of training. */
  public static PassOrder shuffled(long seed, int epoch) {
    return new PassOrder(true, seed, epoch);
  }

  /** The number of the random numbers that decide the order. */
  long stream() {
    return seed * 0x5851F42D4C957F2DL + epoch;
  }

  /** Tells an example which random numbers are its own. */
  void begin(Example example, int number) {
    if (shuffled) {
      example.begin(seed, epoch, number);
    } else {
      example.begin();
    }
  }
}
