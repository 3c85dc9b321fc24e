package org.dlm.compiler.op;

import java.util.Collections;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;

/** The same numbers, but no gradient flows through. */
public record Stop() implements Op {
  @Override
  public String name() {
    return "stop";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return inputs.getFirst().type();
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return Collections.singletonList(null);
  }

  @Override
  public Lowering lower(Value self) {
    return new Lowering.SameMemory();
  }
}
