package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** An open dim, or a polynomial of open dims, as a number. */
public record DimSize(DType element, Dim value) implements Op {
  @Override
  public String name() {
    return "size";
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
    return new Lowering.Map(List.of(), new Expr.Size(element, value));
  }
}
