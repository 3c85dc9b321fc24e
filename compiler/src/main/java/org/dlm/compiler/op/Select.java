package org.dlm.compiler.op;

import java.util.Arrays;
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

/** Element by element: where input 0 (bool) holds, input 1, else input 2. */
public record Select() implements Op {
  @Override
  public String name() {
    return "select";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Require.element(inputs.getFirst(), DType.BOOL, 0, "the condition of `select`");
    Require.sameElement(inputs.subList(1, 3), "`select`");
    Broadcasting.requireSameShapes(inputs, "`select`");
    return inputs.get(1).type();
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    Operators o = new Operators(g);
    Value condition = self.input(0);
    return Arrays.asList(null, o.select(condition, dOut, o.constant(0)), o.select(condition, o.constant(0), dOut));
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(self.shape());
    List<Index> at = Index.of(axes);
    return new Lowering.Map(axes,
        new Expr.Select(Loops.element(self, 0, at), Loops.element(self, 1, at), Loops.element(self, 2, at)));
  }
}
