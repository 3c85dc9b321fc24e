package org.dlm.runtime.lanes;

/**
 * Whether vectors are used and how wide: the system property {@code dlm.lanes} is {@code scalar}, {@code 128},
 * {@code 256}, {@code 512} or absent (the machine's preferred width). Does not touch the vector module, which may be
 * missing.
 */
public final class LaneChoice {
  private LaneChoice() {}

  /** False when the scalar twins of the kernels run. */
  public static final boolean VECTOR;

  /** The width in bits that was asked for, 0 for the machine's own. */
  public static final int BITS;

  /** Why vectors are off, or null. */
  public static final String REASON;

  static {
    String asked = System.getProperty("dlm.lanes", "preferred");
    String reason = null;
    int bits = 0;
    switch (asked) {
      case "scalar" -> reason = "dlm.lanes=scalar";
      case "128", "256", "512" -> bits = Integer.parseInt(asked);
      case "preferred" -> { }
      default -> throw new IllegalArgumentException(
          "dlm.lanes must be scalar, 128, 256, 512 or preferred, not `" + asked + "`");
    }
    if (reason == null && ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      reason = "the module jdk.incubator.vector is missing; start java with --add-modules jdk.incubator.vector";
    }
    VECTOR = reason == null;
    BITS = bits;
    REASON = reason;
  }
}
