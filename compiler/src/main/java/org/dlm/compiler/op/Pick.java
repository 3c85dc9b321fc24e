package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * One element of the last axis each: {@code out[i...] = x[i..., ids[i...]]}; a number outside the axis is an error of
 * the run.
 */
public record Pick() implements Op {
  @Override
  public String name() {
    return "pick";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value x = inputs.get(0);
    Value ids = inputs.get(1);
    Require.element(ids, DType.I32, 1, "`pick`");
    Require.rankAtLeast(x, 1, 0, "`pick`");
    Require.rank(ids, x.shape().rank() - 1, 1, "`pick` from " + x.type());
    for (int i = 0; i < ids.shape().rank(); i++) {
      Require.equal(x.shape().dim(i), ids.shape().dim(i), Code.E0301, 1,
          "`pick` from " + x.type() + " by " + ids.type() + ": axis " + i + " differs", null);
    }
    return new TensorType(x.type().element(), ids.shape());
  }

  /** Written as a choice at every position instead of a scatter, so that it fuses with what uses it. */
  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    Operators o = new Operators(g);
    Shape shape = self.input(0).shape();
    List<Dim> column = new ArrayList<>(self.shape().dims());
    column.add(Dim.ONE);
    Value ids = o.broadcast(o.reshape(self.input(1), new Shape(column)), shape);
    Value d = o.broadcast(o.reshape(dOut, new Shape(column)), shape);
    Value hit = o.eq(g.add(new Iota(shape, shape.rank() - 1)), ids);
    return Arrays.asList(o.select(hit, d, o.constant(0)), null);
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(self.shape());
    List<Index> at = new ArrayList<>(Index.of(axes));
    at.add(Loops.lookup(self, 1, Index.of(axes), self.input(0).shape().dim(axes.size())));
    return new Lowering.Map(axes, Loops.element(self, 0, at));
  }
}
