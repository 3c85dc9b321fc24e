package org.dlm.compiler.op;

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

/** From each window the element at its tap (input 1): the gradient of {@link MaxUnpool}. */
public record TapPool(Window window) implements Op {
  @Override
  public String name() {
    return "tap_pool";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Require.element(inputs.get(1), DType.I32, 1, "`tap_pool`");
    return new Pooling(window).output(inputs.getFirst(), DType.F32, "`tap_pool`");
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    List<Dim> spatial = new Pooling(window).last(self.input(0).shape());
    return Arrays.asList(g.add(new MaxUnpool(window, spatial), dOut, self.input(1)), null);
  }

  @Override
  public Lowering lower(Value self) {
    Pooling pooling = new Pooling(window);
    List<Axis> out = Loops.axes(self.shape());
    List<Axis> taps = pooling.taps();
    List<Index> sources = pooling.at(out, window.sources(pooling.last(out), taps));
    Expr hit = Loops.call(ScalarFn.EQ, Loops.element(self, 1, Index.of(out)), new Expr.Position(Loops.linear(taps)));
    return new Lowering.Reduce(out, taps, Combiner.SUM,
        new Expr.Select(hit, Loops.element(self, 0, sources, window.padded()), Loops.zero(DType.F32)));
  }
}
