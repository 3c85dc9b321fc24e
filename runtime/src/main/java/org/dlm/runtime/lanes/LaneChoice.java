package org.dlm.runtime.lanes;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Whether vectors are used and how wide: the system property {@code dlm.lanes} is {@code scalar}, {@code 128},
 * {@code 256}, {@code 512} or absent (the machine's preferred width). With {@code dlm.deterministic} it is 128 bits on
 * every machine, since the width decides in which order sums are taken. Does not touch the vector module, which may be
 * missing.
 */
public final class LaneChoice {
  private LaneChoice() {}

  /** False when the scalar twins of the kernels run. */
  public static final boolean VECTOR;

  /** The width in bits that was asked for, 0 for the machine's own. */
  public static final int BITS;

  /** Whether the same bits are asked for on every machine, which it takes vectors for. */
  public static final boolean DETERMINISTIC = Boolean.getBoolean("dlm.deterministic");

  /** The width that every machine with vectors has. */
  private static final int DETERMINISTIC_BITS = 128;

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
    bits = DETERMINISTIC ? DETERMINISTIC_BITS : bits;
    if (reason == null && ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      reason = "the module jdk.incubator.vector is missing; start java with --add-modules jdk.incubator.vector";
    }
    if (reason == null && bits == 0 && !hasOptimizingCompiler()) {
      reason = "this Java runs without its optimizing compiler (" + System.getProperty("java.vm.name") + ", "
          + System.getProperty("java.vm.info") + "), and without it they are slower than plain loops";
    }
    VECTOR = reason == null;
    BITS = bits;
    REASON = reason;
  }

  /** HotSpot's C2, or what takes its place in a server VM: nothing else makes instructions of vectors. */
  private static boolean hasOptimizingCompiler() {
    String name = System.getProperty("java.vm.name", "");
    String info = System.getProperty("java.vm.info", "");
    return name.contains("Server VM") && !info.contains("interpreted") && !info.contains("emulated-client");
  }

  private static final AtomicBoolean TOLD = new AtomicBoolean();

  /** Hands over a line that says why vectors are off, the first time it is asked in a process where they are. */
  public static void tellOnce(Consumer<String> listener) {
    if (!VECTOR && TOLD.compareAndSet(false, true)) {
      listener.accept("vectors are off: " + REASON);
    }
  }
}
