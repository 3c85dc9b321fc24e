package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;

/**
 * The result of a function that brings its own gradient ({@code grad (dy) = ...}): input 0 is the computed result,
 * handed on unchanged; the others are the function's tensor arguments, to which the rule gives gradients.
 */
public record CustomGradient(String function, Rule rule) implements Op {
  /** Builds the gradient of each tensor argument (inputs 1 and up of {@code self}) from that of the result. */
  public interface Rule {
    List<Value> apply(GraphBuilder g, Value self, Value dOut);
  }

  @Override
  public String name() {
    return "custom_gradient";
  }

  /** The rule has no text of its own. */
  @Override
  public String toString() {
    return "CustomGradient[" + function + "]";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return inputs.getFirst().type();
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    List<Value> all = new ArrayList<>();
    all.add(null);
    all.addAll(rule.apply(g, self, dOut));
    return all;
  }

  @Override
  public Lowering lower(Value self) {
    return new Lowering.SameMemory();
  }
}
