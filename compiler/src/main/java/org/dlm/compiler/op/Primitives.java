package org.dlm.compiler.op;

import java.util.Map;
import java.util.TreeMap;

/** Every primitive by its name in the language. One sorted line each; a test holds the prelude and this list together. */
public final class Primitives {
  private Primitives() {}

  public static final Map<String, Primitive> ALL = new TreeMap<>();
}
