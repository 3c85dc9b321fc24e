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
 * A table of {@code rows} rows, to which each row of input 1 is added where input 0 (i32) points: the gradient of
 * {@link Take}. What points outside is an error of the run.
 */
public record ScatterAdd(Dim rows) implements Op {
  @Override
  public String name() {
    return "scatter_add";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value ids = inputs.get(0);
    Value updates = inputs.get(1);
    Require.element(ids, DType.I32, 0, "`scatter_add`");
    Require.element(updates, DType.F32, 1, "`scatter_add`");
    Require.rankAtLeast(updates, ids.shape().rank(), 1, "`scatter_add`");
    List<Dim> dims = new ArrayList<>();
    dims.add(rows);
    for (int i = 0; i < updates.shape().rank(); i++) {
      Dim dim = updates.shape().dim(i);
      if (i < ids.shape().rank()) {
        Require.equal(dim, ids.shape().dim(i), Code.E0301, 1,
            "`scatter_add` of " + updates.type() + " at " + ids.type() + ": axis " + i + " differs", null);
      } else {
        dims.add(dim);
      }
    }
    return new TensorType(DType.F32, new Shape(dims));
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return Arrays.asList(null, g.add(new Take(), dOut, self.input(0)));
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(self.input(1).shape());
    int ids = self.input(0).shape().rank();
    List<Index> target = new ArrayList<>();
    target.add(Loops.lookup(self, 0, Index.of(axes.subList(0, ids)), rows));
    target.addAll(Index.of(axes.subList(ids, axes.size())));
    return new Lowering.Scatter(axes, target, Loops.element(self, 1, Index.of(axes)));
  }
}
