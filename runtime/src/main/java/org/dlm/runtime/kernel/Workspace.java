package org.dlm.runtime.kernel;

/**
 * Memory that the contractions of one program share, because they run one after the other: each asks for what it needs
 * when it is planned, and none keeps anything in it between two runs. It also knows what was measured about them.
 */
public final class Workspace {
  private final Choices choices;
  private float[] floats = new float[0];

  /** For contractions that run as their cost says. */
  public Workspace() {
    this(Choices.NONE);
  }

  /** For contractions that run as was measured to be the fastest way. */
  public Workspace(Choices choices) {
    this.choices = choices;
  }

  Choices choices() {
    return choices;
  }

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
