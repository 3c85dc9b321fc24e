package org.dlm.runtime;

import java.util.List;

/** A tensor that a function takes or gives: {@code dims} as in the model's source ("N", "28", "2*T + 1"). */
public record Port(String name, ElementType type, List<String> dims) {
  @Override
  public String toString() {
    return name + ": " + (type == ElementType.F32 ? "" : type.name().toLowerCase(java.util.Locale.ROOT)) + dims;
  }
}
