package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
 * Rows of a table {@code [V, ...]} by number: {@code out[i..., ...] = table[ids[i...], ...]}; a number outside the
 * table is an error of the run.
 */
public record Take() implements Op {
  @Override
  public String name() {
    return "take";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value table = inputs.get(0);
    Require.rankAtLeast(table, 1, 0, "`take`");
    Require.element(inputs.get(1), DType.I32, 1, "`take`");
    List<Dim> dims = new ArrayList<>(inputs.get(1).shape().dims());
    dims.addAll(table.shape().dims().subList(1, table.shape().rank()));
    return new TensorType(table.type().element(), new Shape(dims));
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return Arrays.asList(g.add(new ScatterAdd(self.input(0).shape().dim(0)), self.input(1), dOut), null);
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(self.shape());
    int ids = self.input(1).shape().rank();
    List<Index> at = new ArrayList<>();
    at.add(Loops.lookup(self, 1, Index.of(axes.subList(0, ids)), self.input(0).shape().dim(0)));
    at.addAll(Index.of(axes.subList(ids, axes.size())));
    return new Lowering.Map(axes, Loops.element(self, 0, at));
  }
}
