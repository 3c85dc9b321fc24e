package org.dlm.compiler.graph;

import org.dlm.compiler.source.Span;

/**
 * Where a value comes from: the place in the source (null for values no source line made) and the path of the layer
 * instance it belongs to ("" at the top).
 */
public record Origin(Span span, String instance) {
  public static final Origin NONE = new Origin(null, "");

  @Override
  public String toString() {
    return span == null ? "-" : span.fileAndLine();
  }
}
