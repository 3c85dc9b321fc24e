package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.Shape;

/**
 * The same tensor with its shape written differently: a requirement of the function, checked on entry, makes both the same numbers
 * ({@code [N, S]} as {@code [N, T]} where {@code require T == S}).
 */
public record Recast(Shape shape) implements Op {
  @Override
  public String name() {
    return "recast";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return new TensorType(inputs.getFirst().type().element(), shape);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of(g.add(new Recast(self.input(0).shape()), dOut));
  }

  @Override
  public Lowering lower(Value self) {
    return new Lowering.SameMemory();
  }
}
