package org.dlm.compiler.loop;

/** What the interpreters do with a number that is looked up: what generated code does. */
public final class Lookup {
  private Lookup() {}

  /** The number if it is in {@code 0 .. extent}; {@code lookup} says who asks. */
  public static long checked(long index, long extent, String lookup) {
    if (index < 0 || index >= extent) {
      throw new IndexOutOfBoundsException("index " + index + " is outside 0 .. " + (extent - 1) + " (" + lookup + ")");
    }
    return index;
  }
}
