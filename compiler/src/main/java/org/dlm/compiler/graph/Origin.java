package org.dlm.compiler.graph;

import org.dlm.compiler.source.Span;

/**
 * Where a value comes from: the place in the source (null for values no source line made), the path of the layer
 * instance it belongs to ("" at the top), and which region of values it belongs to that the backward pass computes
 * again ({@code #remat}; 0 for none).
 */
public record Origin(Span span, String instance, int region) {
  public static final Origin NONE = new Origin(null, "");

  public Origin(Span span, String instance) {
    this(span, instance, 0);
  }

  @Override
  public String toString() {
    return span == null ? "-" : span.fileAndLine();
  }
}
