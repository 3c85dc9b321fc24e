package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Index;

/** Reversed along {@code axes}. */
public record Flip(List<Integer> axes) implements Op {
  public Flip {
    axes = List.copyOf(axes);
  }

  @Override
  public String name() {
    return "flip";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return inputs.getFirst().type();
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of(g.add(this, dOut));
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> loops = Loops.axes(self.shape());
    List<Index> at = new ArrayList<>(Index.of(loops));
    for (int axis : axes) {
      at.set(axis, at.get(axis).times(-1).plus(new Index.Fixed(self.shape().dim(axis).minus(1))));
    }
    return new Lowering.Map(loops, Loops.element(self, 0, at));
  }
}
