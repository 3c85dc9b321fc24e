package org.dlm.compiler.op;

import java.util.Collections;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.DType;

/**
 * Every element as another element type: f32 to i32 cuts the fraction off, bool to number gives 0 and 1, number to bool
 * asks {@code != 0}.
 */
public record Cast(DType to) implements Op {
  @Override
  public String name() {
    return "cast";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return new TensorType(to, inputs.getFirst().shape());
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    boolean flows = to == DType.F32 && self.input(0).type().element() == DType.F32;
    return Collections.singletonList(flows ? dOut : null);
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(self.shape());
    Expr element = Loops.element(self, 0, Index.of(axes));
    return new Lowering.Map(axes, self.input(0).type().element() == to ? element : new Expr.Cast(to, element));
  }

  /** The type says it all. */
  @Override
  public String toString() {
    return "Cast[]";
  }
}
