package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;

/** Every element gets the sum of all windows that see it: the gradient of {@link SumPool}. */
public record SumUnpool(Window window, List<Dim> spatial) implements Op {
  public SumUnpool {
    spatial = List.copyOf(spatial);
  }

  @Override
  public String name() {
    return "sum_unpool";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return new Pooling(window).input(inputs.getFirst(), spatial, DType.F32, "`sum_unpool`");
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of(g.add(new SumPool(window), dOut));
  }

  @Override
  public Lowering lower(Value self) {
    Pooling pooling = new Pooling(window);
    List<Axis> out = Loops.axes(self.shape());
    List<Axis> in = pooling.last(out);
    if (window.tiles()) {
      return new Lowering.Map(out, Loops.guarded(self, 0, pooling.at(out, window.tiles(in))));
    }
    List<Axis> taps = pooling.taps();
    return new Lowering.Reduce(out, taps, Combiner.SUM, Loops.guarded(self, 0,
        pooling.at(out, window.targets(in, taps))));
  }
}
