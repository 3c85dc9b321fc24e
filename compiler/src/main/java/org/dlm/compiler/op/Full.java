package org.dlm.compiler.op;

import java.util.List;
import java.util.Locale;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;

/** A tensor with one number everywhere. */
public record Full(DType element, double value, Shape shape) implements Op {
  @Override
  public String name() {
    return "full";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    if (element == DType.I32 && !(value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE)) {
      throw new ShapeProblem(Code.E0307, 0, String.format(Locale.ROOT, "an i32 tensor cannot hold %.0f", value),
          "i32 is from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE + "; float(...) makes f32 of a tensor");
    }
    return new TensorType(element, shape);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of();
  }

  @Override
  public Lowering lower(Value self) {
    return new Lowering.Map(Loops.axes(shape), new Expr.Constant(element, value));
  }

  /** The type says the rest. */
  @Override
  public String toString() {
    return "Full[" + value + "]";
  }
}
