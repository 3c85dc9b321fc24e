package org.dlm.runtime.kernel;

import org.dlm.runtime.InputProblem;

/** Checks numbers that are used as indices: labels, token ids. */
public final class Bounds {
  private Bounds() {}

  /**
   * {@code index} if it is in {@code 0 .. size}.
   *
   * @param at the number's place among those that are looked up, or -1
   * @param lookup the op that looks it up, and its line in the model
   */
  public static int check(int index, int size, int at, String lookup) {
    if (index < 0 || index >= size) {
      throw problem(index, size, at, lookup);
    }
    return index;
  }

  private static InputProblem problem(int index, int size, int at, String lookup) {
    return new InputProblem("index " + index + (at < 0 ? "" : " at position " + at) + " is outside 0 .. " + (size - 1)
        + " (" + lookup + ")", "labels and ids count from 0 to one less than the number of classes");
  }
}
