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
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;

/** Sum, product, maximum or minimum over {@code axes}, which stay as axes of length 1 if {@code keep}. */
public record Reduce(Combiner combiner, List<Integer> axes, boolean keep) implements Op {
  public Reduce {
    axes = List.copyOf(axes);
  }

  @Override
  public String name() {
    return switch (combiner) {
      case SUM -> "sum";
      case PRODUCT -> "prod";
      case MAXIMUM -> "amax";
      case MINIMUM -> "amin";
    };
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value x = inputs.getFirst();
    if (x.type().element() == DType.BOOL) {
      throw new ShapeProblem(Code.E0307, 0, "`" + name() + "` needs numbers, not " + x.type(),
          "convert it: float(...)");
    }
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < x.shape().rank(); i++) {
      if (!axes.contains(i)) {
        dims.add(x.shape().dim(i));
      } else if (keep) {
        dims.add(Dim.ONE);
      }
    }
    return new TensorType(x.type().element(), new Shape(dims));
  }

  /** The shape with the reduced axes as 1, whether kept or not. */
  private Shape kept(Shape from) {
    Shape shape = from;
    for (int axis : axes) {
      shape = shape.with(axis, Dim.ONE);
    }
    return shape;
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    Operators o = new Operators(g);
    Value x = self.input(0);
    Value d = o.broadcast(o.reshape(dOut, kept(x.shape())), x.shape());
    return switch (combiner) {
      case SUM -> List.of(d);
      case PRODUCT -> List.of(o.mul(d, productOfOthers(o, x)));
      case MAXIMUM, MINIMUM -> {
        // Ties share the gradient evenly, as in PyTorch.
        Value hit = o.eq(x, o.broadcast(o.reshape(self, kept(x.shape())), x.shape()));
        Value ones = o.select(hit, o.constant(1), o.constant(0));
        Value count = o.broadcast(o.sum(ones, axes, true), x.shape());
        yield List.of(o.select(hit, o.div(d, count), o.constant(0)));
      }
    };
  }

  /**
   * For each element the product of all others, without dividing by zeros: only a single zero has other factors to
   * show.
   */
  private Value productOfOthers(Operators o, Value x) {
    Value isZero = o.eq(x, o.constant(0));
    Value nonZero = o.select(isZero, o.constant(1), x);
    Value product = o.broadcast(o.reduce(Combiner.PRODUCT, nonZero, axes, true), x.shape());
    Value zeros = o.broadcast(o.sum(o.select(isZero, o.constant(1), o.constant(0)), axes, true), x.shape());
    Value single = o.select(o.and(isZero, o.eq(zeros, o.constant(1))), product, o.constant(0));
    return o.select(o.eq(zeros, o.constant(0)), o.div(product, nonZero), single);
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> out = Loops.axes(self.shape());
    List<Axis> over = new ArrayList<>();
    List<Index> at = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < self.input(0).shape().rank(); i++) {
      if (axes.contains(i)) {
        Axis reduced = new Axis("r" + over.size(), self.input(0).shape().dim(i));
        over.add(reduced);
        at.add(Index.of(reduced));
        next += keep ? 1 : 0;
      } else {
        at.add(Index.of(out.get(next++)));
      }
    }
    return new Lowering.Reduce(out, over, combiner, Loops.element(self, 0, at));
  }

  @Override
  public String toString() {
    return "Reduce[axes=" + axes + (keep ? ", keep" : "") + "]";
  }
}
