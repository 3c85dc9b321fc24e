package org.dlm.runtime.kernel;

/** A way to run a contraction whose windows have no input dilation. */
interface Route {
  /** Floats of the workspace that a run uses, from its start. */
  long workspaceFloats();

  /** Estimated cycles of a run on one core. */
  double cost();

  /** Brings the operand that stays the same into the order in which the runs to come read it, where that pays. */
  default void keep(float[] kept, int base) {}

  /** What was brought into order stays for long: it may be shared with others who have the same. */
  default void share() {}

  /** Lets go of what was brought into order. */
  default void forget() {}

  void run(float[] left, int leftBase, float[] right, int rightBase, float[] out, int outBase, End end);
}
