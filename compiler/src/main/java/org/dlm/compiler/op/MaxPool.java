package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.Graph;
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
import org.dlm.compiler.shape.ShapeProblem;

/** The largest element in each window over the last axes; padding counts as minus infinity. */
public record MaxPool(Window window) implements Op {
  @Override
  public String name() {
    return "max_pool";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Require.element(inputs.getFirst(), DType.F32, 0, "`max_pool`");
    for (int i = 0; i < window.rank(); i++) {
      if (window.low().get(i) >= window.reach(i) || window.high().get(i) >= window.reach(i)) {
        throw new ShapeProblem(Code.E0311, 0, "a window of `max_pool` would lie in the padding alone",
            "use less padding");
      }
    }
    return new Pooling(window).output(inputs.getFirst(), DType.F32, "`max_pool`");
  }

  /** Each window's gradient goes to its first largest element. */
  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    Value x = self.input(0);
    Value taps = g.add(new MaxPoolTap(window), x, self);
    return List.of(g.add(new MaxUnpool(window, new Pooling(window).last(x.shape())), dOut, taps));
  }

  @Override
  public Lowering lower(Value self) {
    Pooling pooling = new Pooling(window);
    List<Axis> out = Loops.axes(self.shape());
    List<Axis> taps = pooling.taps();
    List<Index> sources = window.sources(pooling.last(out), taps);
    Expr element = Loops.element(self, 0, pooling.at(out, sources), window.padded());
    Expr inside = pooling.inside(sources, self.input(0).shape());
    return new Lowering.Reduce(out, taps, Combiner.MAXIMUM, inside == null ? element
        : new Expr.Select(inside, element, new Expr.Constant(DType.F32, Double.NEGATIVE_INFINITY)));
  }

  @Override
  public List<Graph.Requirement> requirements(Value self) {
    return window.requirements(new Pooling(window).last(self.input(0).shape()), self.origin());
  }
}
