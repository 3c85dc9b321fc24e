package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;

/**
 * Random f32 numbers, the same for the same seed, step, {@code site} and position: they need not be kept for the
 * backward pass, which computes them again. Two calls in one function differ in {@code site}.
 */
public record Random(Expr.Distribution distribution, int site, Shape shape) implements Op {
  /** The site for the next random op of a graph: how many it has. */
  static int nextSite(GraphBuilder g) {
    return (int) g.values().stream().filter(v -> v.op() instanceof Random).count();
  }

  @Override
  public String name() {
    return distribution.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return new TensorType(DType.F32, shape);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of();
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(shape);
    return new Lowering.Map(axes, new Expr.Random(distribution, site, Loops.linear(axes)));
  }
}
