package org.dlm.runtime.kernel;

import org.dlm.runtime.InputProblem;

/** Checks numbers from outside that are used as indices: labels, token ids. */
public final class Bounds {
  private Bounds() {}

  /** {@code index} if it is in {@code 0 .. size}; {@code place} is the line of the model that looks it up. */
  public static int check(int index, int size, String place) {
    if (index < 0 || index >= size) {
      throw problem(index, size, place);
    }
    return index;
  }

  private static InputProblem problem(int index, int size, String place) {
    return new InputProblem("index " + index + " is outside 0 .. " + (size - 1)
        + (place.isEmpty() ? "" : " (" + place + ")"),
        "labels and ids count from 0 to one less than the number of classes");
  }
}
