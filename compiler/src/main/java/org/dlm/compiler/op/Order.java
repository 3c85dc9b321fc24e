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

/**
 * How many elements of the last axis stand before each when they are sorted, the largest first: NaN before all numbers,
 * equal ones in their own order. So every element gets a place of its own.
 */
public record Order() implements Op {
  @Override
  public String name() {
    return "order";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Require.element(inputs.getFirst(), DType.F32, 0, "`order`");
    Require.rankAtLeast(inputs.getFirst(), 1, 0, "`order`");
    return new TensorType(DType.I32, inputs.getFirst().shape());
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return Arrays.asList((Value) null);
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> out = Loops.axes(self.shape());
    Axis own = out.getLast();
    Axis other = new Axis("r0", own.extent());
    List<Axis> there = new ArrayList<>(out.subList(0, out.size() - 1));
    there.add(other);
    Expr x = Loops.element(self, 0, Index.of(out));
    Expr y = Loops.element(self, 0, Index.of(there));
    Expr xIsNan = Loops.call(ScalarFn.NOT, Loops.call(ScalarFn.EQ, x, x));
    Expr yIsNan = Loops.call(ScalarFn.NOT, Loops.call(ScalarFn.EQ, y, y));
    Expr larger = Loops.call(ScalarFn.OR, Loops.call(ScalarFn.LT, x, y),
        Loops.call(ScalarFn.AND, yIsNan, Loops.call(ScalarFn.EQ, x, x)));
    Expr equal = Loops.call(ScalarFn.OR, Loops.call(ScalarFn.EQ, x, y), Loops.call(ScalarFn.AND, xIsNan, yIsNan));
    Expr earlier = Loops.call(ScalarFn.LT, new Expr.Position(Index.of(other)), new Expr.Position(Index.of(own)));
    Expr before = Loops.call(ScalarFn.OR, larger, Loops.call(ScalarFn.AND, equal, earlier));
    return new Lowering.Reduce(out, List.of(other), Combiner.SUM,
        new Expr.Select(before, Loops.integer(1), Loops.integer(0)));
  }
}
