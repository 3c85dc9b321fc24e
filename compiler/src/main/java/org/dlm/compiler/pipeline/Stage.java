package org.dlm.compiler.pipeline;

import java.util.Locale;
import java.util.Optional;

/** What can be looked at on the way from text to Java, in order. */
public enum Stage {
  AST,
  TYPED,
  GRAPH,
  GRADIENT,
  FUSED,
  PLAN,
  JAVA;

  /** As written on the command line: {@code typed}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Stage> named(String id) {
    for (Stage stage : values()) {
      if (stage.id().equals(id)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }
}
