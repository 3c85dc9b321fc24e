package org.dlm.compiler.model;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.source.Span;

/** An update rule, understood: once for every setting of its flags, which are its hyper-parameters of type bool. */
public record OptimizerSpec(
    String packageName, String name, String doc, Span span, List<HyperParameter> hyperParameters,
        List<Variant> variants) {

  /** The rule with these values of its hyper-parameters. */
  public Variant variant(ToDoubleFunction<String> values) {
    return variants.stream().filter(v -> v.flags().entrySet().stream()
        .allMatch(e -> e.getValue() == (values.applyAsDouble(e.getKey()) != 0))).findFirst().orElseThrow();
  }

  /** A run-time scalar with its default; a flag is 0 or 1. */
  public record HyperParameter(String name, double value, boolean flag) {}

  /** A state buffer, as long as the parameters. */
  public record State(String name, double initial) {}

  /**
   * What the hyper-parameters must fulfil.
   *
   * @param condition a single bool over {@link org.dlm.compiler.loop.Expr.Scalar}s
   * @param text as the source says it
   * @param about the hyper-parameters that it speaks of
   */
  public record Check(Value condition, String text, List<String> about, Span span) {}

  /**
   * The rule for one setting of the flags. {@code update} is a graph over one flat axis {@code n} with inputs {@code p}
   * and {@code g} (f32[n]), one result (the new {@code p}), updates of its state buffers, and
   * {@link org.dlm.compiler.loop.Expr.Scalar}s for the hyper-parameters and {@code step}; apart from reductions to a
   * single number it is pointwise.
   */
  public record Variant(Map<String, Boolean> flags, List<State> states, List<Check> checks, Graph update) {}
}
