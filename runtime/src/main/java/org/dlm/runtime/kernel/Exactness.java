package org.dlm.runtime.kernel;

/**
 * Whether contractions planned from now on may use fewer products than their definition has, at the price of a few more
 * rounding errors; the system property {@code dlm.exact} forbids it from the start.
 */
public final class Exactness {
  private Exactness() {}

  private static volatile boolean exact = Boolean.getBoolean("dlm.exact");

  /** Every product is computed and summed. */
  public static boolean exact() {
    return exact;
  }

  /** Says whether every product is to be computed and summed. */
  public static void exact(boolean exact) {
    Exactness.exact = exact;
  }
}
