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
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * The first position along {@code axis} where input 0 is input 1, its maximum (or minimum, if {@code smallest}) kept
 * along that axis: argmax and argmin. Where that is NaN, the position is that of the first NaN, as in PyTorch.
 */
public record FirstAt(int axis, boolean smallest) implements Op {
  @Override
  public String name() {
    return smallest ? "argmin" : "argmax";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value x = inputs.getFirst();
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    dims.remove(Require.axis(axis, dims.size(), 0));
    return new TensorType(DType.I32, new Shape(dims));
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return Arrays.asList(null, null);
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> out = Loops.axes(self.shape());
    Axis along = new Axis("r0", self.input(0).shape().dim(axis));
    List<Index> at = new ArrayList<>(Index.of(out));
    at.add(axis, Index.of(along));
    List<Index> best = new ArrayList<>(Index.of(out));
    best.add(axis, Index.fixed(0));
    Expr x = Loops.element(self, 0, at);
    Expr limit = Loops.element(self, 1, best);
    Expr hit = Loops.call(ScalarFn.OR, Loops.call(ScalarFn.EQ, x, limit),
        Loops.call(ScalarFn.NOT, Loops.call(ScalarFn.EQ, x, x)));
    return new Lowering.Reduce(out, List.of(along), Combiner.MINIMUM,
        new Expr.Select(hit, new Expr.Position(Index.of(along)), Loops.integer(along.extent())));
  }
}
