package org.dlm.runtime.kernel;

/** A way to run a contraction whose windows have no input dilation. */
interface Route {
  /** Floats of the workspace that a run uses, from its start. */
  long workspaceFloats();

  void run(float[] left, int leftBase, float[] right, int rightBase, float[] out, int outBase, End end);
}
