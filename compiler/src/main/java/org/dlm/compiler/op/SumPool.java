package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.DType;

/** The sum of each window over the last axes; padding counts as 0. */
public record SumPool(Window window) implements Op {
  @Override
  public String name() {
    return "sum_pool";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Require.element(inputs.getFirst(), DType.F32, 0, "`sum_pool`");
    return new Pooling(window).output(inputs.getFirst(), DType.F32, "`sum_pool`");
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of(g.add(new SumUnpool(window, new Pooling(window).last(self.input(0).shape())), dOut));
  }

  @Override
  public Lowering lower(Value self) {
    Pooling pooling = new Pooling(window);
    List<Axis> out = Loops.axes(self.shape());
    List<Axis> taps = pooling.taps();
    List<Index> sources = pooling.at(out, window.sources(pooling.last(out), taps));
    return new Lowering.Reduce(out, taps, Combiner.SUM, Loops.element(self, 0, sources, window.padded()));
  }

  @Override
  public List<Graph.Requirement> requirements(Value self) {
    return window.requirements(new Pooling(window).last(self.input(0).shape()), self.origin());
  }
}
