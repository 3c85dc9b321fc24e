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
 * The first position along {@code axis} where input 0 reaches input 1, its maximum (or minimum, if {@code smallest})
 * kept along that axis: argmax and argmin. Asks "not below" rather than "equal", so that a position is found even where
 * the maximum is NaN.
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
    Expr worse = smallest ? Loops.call(ScalarFn.LT, limit, x) : Loops.call(ScalarFn.LT, x, limit);
    return new Lowering.Reduce(out, List.of(along), Combiner.MINIMUM,
        new Expr.Select(worse, Loops.integer(along.extent()), new Expr.Position(Index.of(along))));
  }
}
