package org.dlm.compiler.loop;

import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;

/** A stretch of memory that steps read and write. {@code id} is unique in its plan. */
public record Buffer(int id, String name, DType type, Shape shape, Place place) {
  public Buffer at(Place place) {
    return new Buffer(id, name, type, shape, place);
  }

  @Override
  public String toString() {
    return name + ": " + type.source() + shape + " in " + place;
  }
}
