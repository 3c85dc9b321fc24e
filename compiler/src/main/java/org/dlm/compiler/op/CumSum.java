package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.ShapeProblem;

/** Running sum along {@code axis}. */
public record CumSum(int axis) implements Op {
  @Override
  public String name() {
    return "cumsum";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value x = inputs.getFirst();
    Require.axis(axis, x.shape().rank(), 0);
    if (x.type().element() == DType.BOOL) {
      throw new ShapeProblem(Code.E0307, 0, "`cumsum` needs numbers, not " + x.type(), "convert it: float(...)");
    }
    return x.type();
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    Flip flip = new Flip(List.of(axis));
    return List.of(g.add(flip, g.add(this, g.add(flip, dOut))));
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(self.shape());
    return new Lowering.Running(axes, axes.get(axis), Combiner.SUM, Loops.element(self, 0, Index.of(axes)));
  }
}
