package org.dlm.runtime.kernel;

/**
 * Which operand of a contraction stays the same over many runs, so that it is worth bringing into order before the
 * first of them: the weights of a cell in a loop over time.
 */
enum Kept {
  NOTHING, LEFT, RIGHT;

  /** Whether this is the operand that gives the columns where the contraction is looked at from this side. */
  boolean columns(Sides sides) {
    return this == (sides.transposed() ? LEFT : RIGHT) && sides.right().staging == null;
  }

  /** Whether this is the operand that gives the rows. */
  boolean rows(Sides sides) {
    return this == (sides.transposed() ? RIGHT : LEFT) && sides.left().staging == null;
  }
}
