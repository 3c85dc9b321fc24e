package org.dlm.compiler.graph;

import java.util.List;

/** One of the results of a value that has several. */
public record Part(int index) implements Op {
  @Override
  public String name() {
    return "part";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return ((ManyResults) inputs.getFirst().op()).results(inputs.getFirst().inputs()).get(index);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    throw new IllegalStateException("what arrives at the parts of a value is handed on together");
  }

  @Override
  public Lowering lower(Value self) {
    return new Lowering.Part(index);
  }
}
