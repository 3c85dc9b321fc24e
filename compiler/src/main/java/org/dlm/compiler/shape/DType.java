package org.dlm.compiler.shape;

/** What a tensor is made of. */
public enum DType {
  F32("f32"),
  I32("i32"),
  BOOL("bool");

  private final String source;

  DType(String source) {
    this.source = source;
  }

  /** As written in a model. */
  public String source() {
    return source;
  }
}
