package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Shape;

/**
 * The same tensor with its shape written differently: a requirement of the function, checked on entry, makes both the
 * same numbers ({@code [N, S]} as {@code [N, T]} where {@code require T == S}).
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
    // An identity, and not the same memory: passes match the axes of a reshape by their dims, which are written
    // differently here.
    List<Axis> axes = Loops.axes(self.shape());
    return new Lowering.Map(axes, Loops.element(self, 0, Index.of(axes)));
  }
}
