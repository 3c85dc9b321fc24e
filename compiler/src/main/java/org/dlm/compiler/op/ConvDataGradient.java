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
 * The gradient of a {@link Conv}'s input, whose window axes were {@code spatial} long, from the gradient of its output
 * and its weights; also the transposed convolution.
 */
public record ConvDataGradient(Window window, List<Dim> spatial, boolean grouped) implements Op {
  public ConvDataGradient {
    spatial = List.copyOf(spatial);
  }

  private Convolution c() {
    return new Convolution(window, grouped);
  }

  @Override
  public String name() {
    return "conv_transpose";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value dy = inputs.get(0);
    Value w = inputs.get(1);
    c().requireAxes(inputs, "`conv_transpose`");
    c().requireShared(inputs, c().output(), c().weight(), "`conv_transpose`");
    c().requireKernel(w, 1, "`conv_transpose`");
    c().requireOutput(dy, spatial, 0, "`conv_transpose`");
    List<Dim> front = new ArrayList<>(dy.shape().dims().subList(0, grouped ? 2 : 1));
    front.add(w.shape().dim(grouped ? 2 : 1));
    return c().type(front, spatial);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of(g.add(new Conv(window, grouped), dOut, self.input(1)),
        g.add(new ConvWeightGradient(window, grouped), dOut, self.input(0)));
  }

  /** That something is left beside the padding, where open dims leave that open. */
  @Override
  public List<Graph.Requirement> requirements(Value self) {
    return spatial.stream().filter(length -> !Require.surelyAtLeast(length, 1))
        .map(length -> new Graph.Requirement(Graph.Relation.AT_MOST, Dim.ONE, length,
            "the result of a transposed convolution must have elements", self.origin()))
        .toList();
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> out = c().axes(c().input(), self, "s");
    List<Axis> weight = c().axes(c().weight(), self.input(1), "k");
    List<Axis> taps = weight.subList(weight.size() - window.rank(), weight.size());
    List<Axis> over = new ArrayList<>(taps);
    over.addFirst(weight.get(grouped ? 1 : 0));
    List<Axis> all = new ArrayList<>(out);
    all.addAll(over);
    List<Index> targets = window.targets(out.subList(out.size() - window.rank(), out.size()), taps);
    return new Lowering.Reduce(out, over, Combiner.SUM, Loops.call(ScalarFn.MUL,
        Loops.guarded(self, 0, c().at(c().output(), all, targets)),
        Loops.element(self, 1, c().at(c().weight(), all, Index.of(taps)))));
  }
}
