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
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Dim;

/** The inputs one after the other along {@code axis}; all other axes are equal. */
public record Concat(int axis) implements Op {
  @Override
  public String name() {
    return "concat";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Require.sameElement(inputs, "`concat`");
    Value first = inputs.getFirst();
    Dim sum = first.shape().dim(Require.axis(axis, first.shape().rank(), 0));
    for (int k = 1; k < inputs.size(); k++) {
      Value other = inputs.get(k);
      Require.rank(other, first.shape().rank(), k, "`concat` with " + first.type());
      for (int i = 0; i < first.shape().rank(); i++) {
        if (i != axis) {
          Require.equal(first.shape().dim(i), other.shape().dim(i), Code.E0301, k,
              "`concat` along axis " + axis + " of " + first.type() + " and " + other.type() + ": axis " + i
                  + " differs", null);
        }
      }
      sum = sum.plus(other.shape().dim(axis));
    }
    return new TensorType(first.type().element(), first.shape().with(axis, sum));
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    Operators o = new Operators(g);
    List<Value> parts = new ArrayList<>();
    Dim from = Dim.ZERO;
    for (Value input : self.inputs()) {
      Dim to = from.plus(input.shape().dim(axis));
      parts.add(o.slice(dOut, axis, from, to));
      from = to;
    }
    return parts;
  }

  /**
   * Nested choices by position, the last input innermost; elements are guarded because both sides of a choice are
   * computed.
   */
  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(self.shape());
    Index along = Index.of(axes.get(axis));
    Expr rest = null;
    Dim end = self.shape().dim(axis);
    for (int k = self.inputs().size() - 1; k >= 0; k--) {
      Dim start = end.minus(self.input(k).shape().dim(axis));
      List<Index> at = new ArrayList<>(Index.of(axes));
      at.set(axis, along.plus(new Index.Fixed(start.times(-1))));
      Expr element = Loops.element(self, k, at, self.inputs().size() > 1);
      Expr before = Loops.call(ScalarFn.LT, new Expr.Position(along), Loops.integer(end));
      rest = rest == null ? element : new Expr.Select(before, element, rest);
      end = start;
    }
    return new Lowering.Map(axes, rest);
  }
}
