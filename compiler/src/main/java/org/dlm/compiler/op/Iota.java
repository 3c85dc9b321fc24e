package org.dlm.compiler.op;

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
import org.dlm.compiler.shape.Shape;

/** Every element is its own position along {@code axis}, as an i32. */
public record Iota(Shape shape, int axis) implements Op {
  @Override
  public String name() {
    return "iota";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Require.axis(axis, shape.rank(), -1);
    return new TensorType(DType.I32, shape);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of();
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(shape);
    return new Lowering.Map(axes, new Expr.Position(Index.of(axes.get(axis))));
  }
}
