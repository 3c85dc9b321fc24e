package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Dim;

/** The gradient of a {@link Conv}'s weights from its input and the gradient of its output. */
public record ConvWeightGradient(Window window, boolean grouped) implements Op {
  private Convolution c() {
    return new Convolution(window, grouped);
  }

  @Override
  public String name() {
    return "conv_weight_gradient";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value x = inputs.get(0);
    Value dy = inputs.get(1);
    c().requireAxes(inputs, "`conv_weight_gradient`");
    c().requireShared(inputs, c().input(), c().output(), "`conv_weight_gradient`");
    c().requireOutput(dy, c().spatial(x), 1, "`conv_weight_gradient`");
    List<Dim> front = new ArrayList<>(dy.shape().dims().subList(1, grouped ? 3 : 2));
    front.add(x.shape().dim(grouped ? 2 : 1));
    return c().type(front, window.kernelDims());
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    Value x = self.input(0);
    return List.of(g.add(new ConvDataGradient(window, c().spatial(x), grouped), self.input(1), dOut),
        g.add(new Conv(window, grouped), x, dOut));
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> out = c().axes(c().weight(), self, "k");
    List<Axis> taps = out.subList(out.size() - window.rank(), out.size());
    List<Axis> output = c().axes(c().output(), self.input(1), "s");
    List<Axis> positions = output.subList(output.size() - window.rank(), output.size());
    List<Axis> over = new ArrayList<>(positions);
    over.addFirst(output.getFirst());
    List<Axis> all = new ArrayList<>(out);
    all.addAll(over);
    return new Lowering.Reduce(out, over, Combiner.SUM, Loops.call(ScalarFn.MUL,
        Loops.element(self, 0, c().at(c().input(), all, window.sources(positions, taps)), window.padded()),
        Loops.element(self, 1, c().at(c().output(), all, Index.of(positions)))));
  }
}
