package org.dlm.compiler.onnx;

import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.source.Span;

/** Something of a function that ONNX has no form for. */
public final class NotInOnnx extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Span span;

  NotInOnnx(String message, Span span) {
    super(message);
    this.span = span;
  }

  /** What a user is told; {@code otherwise}: the place where no line of the source is known. */
  public Diagnostic diagnostic(Span otherwise) {
    return Diagnostic.of(Code.E0801, span == null ? otherwise : span, getMessage())
        .help("export another function with `--fn`, or write this one without it").build();
  }

  /** Where the source says it; null where no line does. */
  public Span span() {
    return span;
  }
}
