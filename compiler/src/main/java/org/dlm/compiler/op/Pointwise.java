package org.dlm.compiler.op;

import java.util.ArrayList;
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

/** A {@link ScalarFn} applied to every element of equally shaped inputs. */
public record Pointwise(ScalarFn function) implements Op {
  @Override
  public String name() {
    return function.name();
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    DType element = function.result(inputs.stream().map(v -> v.type().element()).toList());
    Broadcasting.requireSameShapes(inputs, "`" + name() + "`");
    return new TensorType(element, inputs.getFirst().shape());
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return function.partials(new Operators(g), self.inputs(), self, dOut);
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(self.shape());
    List<Expr> args = new ArrayList<>();
    for (int i = 0; i < function.arity(); i++) {
      args.add(Loops.element(self, i, Index.of(axes)));
    }
    return new Lowering.Map(axes, new Expr.Call(function, args));
  }

  /** The name says it all. */
  @Override
  public String toString() {
    return "Pointwise[]";
  }
}
