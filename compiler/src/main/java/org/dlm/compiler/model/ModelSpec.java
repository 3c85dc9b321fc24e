package org.dlm.compiler.model;

import java.util.List;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.Span;

/** An exported model, understood: every layer elaborated, every shape known, every function a graph. */
public record ModelSpec(
    String packageName, String name, String doc, Span span, List<Variable> parameters, List<Variable> buffers,
    List<Function> functions, List<Instance> instances) {

  /** A parameter or buffer: all its dims are numbers. {@code frozen}: not trained. */
  public record Variable(String path, Shape shape, Initial initial, boolean frozen, Span span) {}

  /**
   * An initialiser and its numbers, such as {@code uniform(-0.1, 0.1)}; the names are those of the runtime's
   * initialisers.
   */
  public record Initial(String kind, List<Double> args) {}

  /**
   * A function with its types, computed for {@code training} false and true. Open dims are those in the inputs' shapes.
   * {@code trainable}: path patterns of the parameters it trains (from {@code #train}), empty for all.
   */
  public record Function(String name, String doc, Span span, Graph inference, Graph training, List<String> trainable) {}

  /** A layer instance for the summary: its path, layer name and the shapes it last took and gave. */
  public record Instance(String path, String layer, String input, String output, long parameters, Span span) {}
}
