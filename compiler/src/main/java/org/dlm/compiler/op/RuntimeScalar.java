package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;

/** A number that the program is given at every call, such as an optimizer's learning rate. */
public record RuntimeScalar(DType element, String scalar) implements Op {
  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return new TensorType(element, Shape.SCALAR);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of();
  }

  @Override
  public Lowering lower(Value self) {
    return new Lowering.Map(List.of(), new Expr.Scalar(element, scalar));
  }
}
