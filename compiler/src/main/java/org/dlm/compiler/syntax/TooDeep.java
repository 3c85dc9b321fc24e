package org.dlm.compiler.syntax;

import org.dlm.compiler.source.Span;

/** Ends the building of a declaration whose tree would be too deep for the recursive passes behind it. */
final class TooDeep extends RuntimeException {
  private final transient Span span;

  TooDeep(Span span) {
    super("nested too deeply", null, false, false);
    this.span = span;
  }

  Span span() {
    return span;
  }
}
