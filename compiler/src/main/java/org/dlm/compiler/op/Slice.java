package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.Origin;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;

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
      for (Graph.Requirement bound : bounds(x, i, Origin.NONE)) {
        if (Require.surelyAtLeast(bound.left().minus(bound.right()), 1)) {
          throw new ShapeProblem(Code.E0308, 0, bound.message(), null);
        }
      }
      dims.add(stop.get(i).minus(start.get(i)).ceilDividedBy(Dim.of(step.get(i))));
    }
    return new TensorType(x.type().element(), new Shape(dims));
  }

  private List<Graph.Requirement> bounds(Value x, int axis, Origin origin) {
    String message = "slice " + start.get(axis) + ":" + stop.get(axis) + " of axis " + axis + " of " + x.type();
    return List.of(
        new Graph.Requirement(Graph.Relation.AT_MOST, Dim.ZERO, start.get(axis), message + " starts before the axis",
            origin),
        new Graph.Requirement(Graph.Relation.AT_MOST, stop.get(axis), x.shape()
            .dim(axis), message + " ends after the axis",
            origin),
        new Graph.Requirement(Graph.Relation.AT_MOST, start.get(axis), stop.get(axis), message
            + " ends before it starts",
            origin));
  }

  @Override
  public List<Graph.Requirement> obligations(Value self) {
    List<Graph.Requirement> all = new ArrayList<>();
    for (int i = 0; i < start.size(); i++) {
      all.addAll(bounds(self.input(0), i, self.origin()));
    }
    return all;
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
