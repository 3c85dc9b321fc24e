package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;

/**
 * The same numbers, from which a region is computed a second time in the backward pass: nothing sees through it, so
 * that the second time is not taken for the first.
 */
public record Again(int region) implements Op {
  @Override
  public String name() {
    return "again";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return inputs.getFirst().type();
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of(dOut);
  }

  @Override
  public Lowering lower(Value self) {
    return new Lowering.SameMemory();
  }

  @Override
  public boolean fence() {
    return true;
  }
}
