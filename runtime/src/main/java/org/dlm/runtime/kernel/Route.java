package org.dlm.runtime.kernel;

/** A way to run a contraction whose windows have no input dilation. */
interface Route {
  /** Floats of the workspace that a run uses, from its start. */
  long workspaceFloats();

  /** Estimated cycles of a run on one core. */
  double cost();

  /** Brings the operand that stays the same into the order in which the runs to come read it. */
  default void keep(float[] kept, int base) {}

  void run(float[] left, int leftBase, float[] right, int rightBase, float[] out, int outBase, End end);
}
