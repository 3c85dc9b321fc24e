package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Shape;

/** Repeated along new leading axes and along axes of length 1, up to {@code shape}. */
public record Broadcast(Shape shape) implements Op {
  @Override
  public String name() {
    return "broadcast";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value x = inputs.getFirst();
    Broadcasting.requireStretches(x.shape(), shape, 0);
    return new TensorType(x.type().element(), shape);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    Operators o = new Operators(g);
    Shape from = self.input(0).shape();
    int added = shape.rank() - from.rank();
    List<Integer> repeated = new ArrayList<>();
    for (int i = 0; i < shape.rank(); i++) {
      if (i < added || stretches(from, i - added)) {
        repeated.add(i);
      }
    }
    return List.of(o.reshape(o.sum(dOut, repeated, false), from));
  }

  private boolean stretches(Shape from, int axis) {
    return from.dim(axis).is(1) && !shape.dim(axis + shape.rank() - from.rank()).is(1);
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(shape);
    Shape from = self.input(0).shape();
    int added = shape.rank() - from.rank();
    List<Index> at = new ArrayList<>();
    for (int i = 0; i < from.rank(); i++) {
      at.add(stretches(from, i) ? Index.fixed(0) : Index.of(axes.get(i + added)));
    }
    return new Lowering.Map(axes, Loops.element(self, 0, at));
  }

  /** The type says it all. */
  @Override
  public String toString() {
    return "Broadcast[]";
  }
}
