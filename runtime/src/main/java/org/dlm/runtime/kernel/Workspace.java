package org.dlm.runtime.kernel;

/**
 * Memory that the contractions of one program share, because they run one after the other: each asks for what it needs
 * when it is planned, and none keeps anything in it between two runs.
 */
public final class Workspace {
  private float[] floats = new float[0];

  /** Makes sure there is room for {@code size} floats. */
  void reserve(int size) {
    if (floats.length < size) {
      floats = new float[size];
    }
  }

  float[] floats() {
    return floats;
  }

  /** Floats held. */
  public int size() {
    return floats.length;
  }
}
