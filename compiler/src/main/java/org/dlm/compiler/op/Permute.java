package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;

/** Axes in another order: axis {@code i} of the result is axis {@code order.get(i)} of the input. */
public record Permute(List<Integer> order) implements Op {
  public Permute {
    order = List.copyOf(order);
  }

  @Override
  public String name() {
    return "permute";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value x = inputs.getFirst();
    if (order.size() != x.shape().rank() || order.stream().distinct().count() != order.size()) {
      throw new ShapeProblem(Code.E0308, 0, "`permute` of " + x.type() + " must name each of its axes once, not "
          + order, null);
    }
    return new TensorType(x.type().element(), new Shape(order.stream().map(x.shape()::dim).toList()));
  }

  /** Where each axis of the input went. */
  public List<Integer> inverse() {
    Integer[] inverse = new Integer[order.size()];
    for (int i = 0; i < inverse.length; i++) {
      inverse[order.get(i)] = i;
    }
    return List.of(inverse);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of(new Operators(g).permute(dOut, inverse()));
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(self.shape());
    List<Index> at = inverse().stream().map(i -> Index.of(axes.get(i))).toList();
    return new Lowering.Map(axes, Loops.element(self, 0, at));
  }
}
