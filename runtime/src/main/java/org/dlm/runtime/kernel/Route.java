package org.dlm.runtime.kernel;

/** A way to run a contraction whose windows have no input dilation. */
interface Route {
  /** With so many pieces one more or less does not matter. */
  int MANY_PIECES = 16;

  /** Floats of the workspace that a run uses, from its start. */
  long workspaceFloats();

  /** Estimated cycles of a run on one core. */
  double cost();

  /** Makes sure that the workspace holds what is needed where nothing is kept. */
  default void makeRoom() {}

  /** Brings the operand that stays the same into the order in which the runs to come read it, where that pays. */
  default void keep(float[] kept, int base) {}

  /** What was brought into order stays for long: it may be shared with others who have the same. */
  default void share() {}

  /** Lets go of what was brought into order. */
  default void forget() {}

  /**
   * How many of {@code count} parts a piece has, {@code grain} or somewhat less, so that the first half of the pieces
   * is as much as the second one: where there are few, one more than another core has is much.
   */
  static int evenGrain(int count, int grain) {
    int best = grain;
    if (count > grain && Math.ceilDiv(count, grain) < MANY_PIECES) {
      for (int size = grain - 1; size >= Math.ceilDiv(grain, 2); size--) {
        best = largerHalf(count, size) < largerHalf(count, best) ? size : best;
      }
    }
    return best;
  }

  private static int largerHalf(int count, int grain) {
    int first = Math.ceilDiv(count, grain) / 2 * grain;
    return Math.max(first, count - first);
  }

  void run(float[] left, int leftBase, float[] right, int rightBase, float[] out, int outBase, End end);
}
