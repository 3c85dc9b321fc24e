package org.dlm.compiler.graph;

import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;

/** Element type and shape of a value: {@code f32[N, 10]}. */
public record TensorType(DType element, Shape shape) {
  @Override
  public String toString() {
    return (element == DType.F32 ? "" : element.source()) + shape;
  }
}
