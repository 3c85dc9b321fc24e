package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** Along every axis the elements {@code start, start + step, ...} before {@code stop}. */
public record Slice(List<Dim> start, List<Dim> stop, List<Long> step) implements Op {
  public Slice {
    start = List.copyOf(start);
    stop = List.copyOf(stop);
    step = List.copyOf(step);
  }

  @Override
  public String name() {
    return "slice";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value x = inputs.getFirst();
    Require.rank(x, start.size(), 0, "this slice");
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < start.size(); i++) {
      String message = "slice " + start.get(i) + ":" + stop.get(i) + " of axis " + i + " of " + x.type();
      Require.atLeast(start.get(i), Dim.ZERO, Code.E0308, 0, message + " starts before the axis", null);
      Require.atLeast(x.shape().dim(i), stop.get(i), Code.E0308, 0, message + " ends after the axis", null);
      Require.atLeast(stop.get(i), start.get(i), Code.E0308, 0, message + " ends before it starts", null);
      dims.add(stop.get(i).minus(start.get(i)).ceilDividedBy(Dim.of(step.get(i))));
    }
    return new TensorType(x.type().element(), new Shape(dims));
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    List<Dim> high = new ArrayList<>();
    List<Long> between = new ArrayList<>();
    for (int i = 0; i < start.size(); i++) {
      Dim spread = self.shape().dim(i).minus(1).times(step.get(i)).plus(1);
      high.add(self.input(0).shape().dim(i).minus(start.get(i)).minus(spread));
      between.add(step.get(i) - 1);
    }
    return List.of(g.add(new Pad(start, high, between, 0), dOut));
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(self.shape());
    List<Index> at = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      at.add(Index.of(axes.get(i)).times(step.get(i)).plus(new Index.Fixed(start.get(i))));
    }
    return new Lowering.Map(axes, Loops.element(self, 0, at));
  }
}
