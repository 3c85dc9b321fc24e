package org.dlm.compiler.model;

import java.util.List;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.source.Span;

/**
 * An update rule, understood: {@code update} is a graph over one flat axis {@code n} with inputs {@code p} and
 * {@code g} (f32[n]), one result (the new {@code p}), updates of its state buffers, and
 * {@link org.dlm.compiler.loop.Expr.Scalar}s for the hyper-parameters and {@code step}.
 */
public record OptimizerSpec(
    String packageName, String name, String doc, Span span, List<HyperParameter> hyperParameters, List<State> states,
    Graph update) {

  /** A run-time scalar with its default (booleans are 0 and 1). */
  public record HyperParameter(String name, double value, String doc) {}

  /** A state buffer, as long as the parameters. */
  public record State(String name, double initial) {}
}
