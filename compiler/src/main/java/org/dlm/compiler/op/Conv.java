package org.dlm.compiler.op;

import java.util.ArrayList;
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
import org.dlm.compiler.shape.Dim;

/**
 * Convolution (as a sliding product, the kernel not flipped) of an input with weights; see {@link Convolution} for the
 * layouts and the normal form.
 */
public record Conv(Window window, boolean grouped) implements Op {
  private Convolution c() {
    return new Convolution(window, grouped);
  }

  @Override
  public String name() {
    return "conv";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value x = inputs.get(0);
    Value w = inputs.get(1);
    c().requireAxes(inputs, "`conv`");
    c().requireShared(inputs, c().input(), c().weight(), "`conv`");
    c().requireKernel(w, 1, "`conv`");
    List<Dim> front = new ArrayList<>(x.shape().dims().subList(0, grouped ? 2 : 1));
    front.add(w.shape().dim(grouped ? 1 : 0));
    return c().type(front, window.outputs(c().spatial(x)));
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    Value x = self.input(0);
    return List.of(g.add(new ConvDataGradient(window, c().spatial(x), grouped), dOut, self.input(1)),
        g.add(new ConvWeightGradient(window, grouped), x, dOut));
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> out = c().axes(c().output(), self, "s");
    List<Axis> weight = c().axes(c().weight(), self.input(1), "k");
    List<Axis> over = weight.subList(grouped ? 2 : 1, weight.size());
    List<Axis> taps = weight.subList(weight.size() - window.rank(), weight.size());
    List<Axis> all = new ArrayList<>(out);
    all.addAll(over);
    List<Index> sources = window.sources(out.subList(out.size() - window.rank(), out.size()), taps);
    return new Lowering.Reduce(out, over, Combiner.SUM, Loops.call(ScalarFn.MUL,
        Loops.element(self, 0, c().at(c().input(), all, sources), window.padded()),
        Loops.element(self, 1, c().at(c().weight(), all, Index.of(taps)))));
  }

  @Override
  public List<Graph.Requirement> requirements(Value self) {
    return window.requirements(c().spatial(self.input(0)), self.origin());
  }
}
