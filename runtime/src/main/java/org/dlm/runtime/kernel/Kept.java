package org.dlm.runtime.kernel;

/**
 * Which operand of a contraction may stay the same over many runs, so that it is worth bringing into order before the
 * first of them: the weights of a cell in a loop over time, or any weights of a model that does not learn. How a
 * contraction runs is decided as if it stayed, so that its bits are the same whether it does or not.
 */
enum Kept {
  NOTHING, LEFT, RIGHT;

  /** Bringing an operand into order that takes a smaller part of a run than this is not worth the memory. */
  private static final double WORTH = 0.01;

  /** Floats of an operand that is worth it in any case. */
  private static final long FEW = 1L << 15;

  /** Whether this is the operand that gives the columns where the contraction is looked at from this side. */
  boolean columns(Sides sides) {
    return this == (sides.transposed() ? LEFT : RIGHT) && sides.right().staging == null;
  }

  /** Whether an operand in order is worth the memory: its floats, the cycles that order takes and those of a run. */
  static boolean pays(long floats, double cycles, double run) {
    return floats <= FEW || cycles >= WORTH * run;
  }

  /** Whether this is the operand that gives the rows. */
  boolean rows(Sides sides) {
    return this == (sides.transposed() ? RIGHT : LEFT) && sides.left().staging == null;
  }
}
