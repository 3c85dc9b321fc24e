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

/**
 * At which tap of its window (counted row by row) a {@link MaxPool} first found its result: input 0 is what was pooled,
 * input 1 the result.
 */
public record MaxPoolTap(Window window) implements Op {
  @Override
  public String name() {
    return "max_pool_tap";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return new TensorType(DType.I32, inputs.get(1).shape());
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return Arrays.asList(null, null);
  }

  @Override
  public Lowering lower(Value self) {
    Pooling pooling = new Pooling(window);
    List<Axis> out = Loops.axes(self.shape());
    List<Axis> taps = pooling.taps();
    List<Index> sources = window.sources(pooling.last(out), taps);
    Expr x = Loops.element(self, 0, pooling.at(out, sources), window.padded());
    // "Not below the maximum" rather than "equal to it", so that a tap is found where the maximum is NaN.
    Expr worse = Loops.call(ScalarFn.LT, x, Loops.element(self, 1, Index.of(out)));
    Expr inside = pooling.inside(sources, self.input(0).shape());
    Expr skipped = inside == null ? worse : Loops.call(ScalarFn.OR, worse, Loops.call(ScalarFn.NOT, inside));
    long count = window.kernel().stream().reduce(1L, (a, b) -> a * b);
    return new Lowering.Reduce(out, taps, Combiner.MINIMUM,
        new Expr.Select(skipped, Loops.integer(count), new Expr.Position(Loops.linear(taps))));
  }
}
