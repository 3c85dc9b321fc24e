package org.dlm.compiler.onnx;

import org.dlm.compiler.source.Span;

/** Something of a function that ONNX has no form for. */
public final class NotInOnnx extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Span span;

  NotInOnnx(String message, Span span) {
    super(message);
    this.span = span;
  }

  /** Where the source says it; null where no line does. */
  public Span span() {
    return span;
  }
}
