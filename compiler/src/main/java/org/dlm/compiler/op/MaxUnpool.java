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

/**
 * Puts each element of input 0 where its window's tap (input 1) points, adding up where windows overlap: the gradient
 * of {@link MaxPool}. Written from the side of the result, so that it needs no scattering.
 */
public record MaxUnpool(Window window, List<Dim> spatial) implements Op {
  public MaxUnpool {
    spatial = List.copyOf(spatial);
  }

  @Override
  public String name() {
    return "max_unpool";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Require.element(inputs.get(1), DType.I32, 1, "`max_unpool`");
    return new Pooling(window).input(inputs.getFirst(), spatial, DType.F32, "`max_unpool`");
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return Arrays.asList(g.add(new TapPool(window), dOut, self.input(1)), null);
  }

  @Override
  public Lowering lower(Value self) {
    Pooling pooling = new Pooling(window);
    List<Axis> out = Loops.axes(self.shape());
    List<Axis> in = pooling.last(out);
    if (window.tiles()) {
      List<Index> at = pooling.at(out, window.tiles(in));
      return new Lowering.Map(out, chosen(self, at, window.tapOf(in)));
    }
    List<Axis> taps = pooling.taps();
    List<Index> at = pooling.at(out, window.targets(in, taps));
    return new Lowering.Reduce(out, taps, Combiner.SUM, chosen(self, at, Loops.linear(taps)));
  }

  /** The element of input 0 if its window chose this tap. */
  private static Expr chosen(Value self, List<Index> at, Index tap) {
    Expr hit = Loops.call(ScalarFn.EQ, Loops.guarded(self, 1, at), new Expr.Position(tap));
    return new Expr.Select(hit, Loops.guarded(self, 0, at), Loops.zero(DType.F32));
  }
}
