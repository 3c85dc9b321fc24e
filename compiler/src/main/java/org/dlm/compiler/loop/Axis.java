package org.dlm.compiler.loop;

import org.dlm.compiler.shape.Dim;

/** A loop: a variable that runs from 0 to {@code extent} (excluded). Its name is unique in its kernel. */
public record Axis(String name, Dim extent) {
  @Override
  public String toString() {
    return name + " < " + extent;
  }
}
