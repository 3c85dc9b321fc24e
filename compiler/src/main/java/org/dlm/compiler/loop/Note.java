package org.dlm.compiler.loop;

import org.dlm.compiler.source.Span;

/**
 * What a step is about, for the reader of dumps and of generated code: the formula in ops, and where it was written.
 */
public record Note(String formula, Span span) {
  /** {@code lenet.dlm:7}, or nothing where no source line made it. */
  public String place() {
    return span == null ? "" : span.fileAndLine();
  }
}
