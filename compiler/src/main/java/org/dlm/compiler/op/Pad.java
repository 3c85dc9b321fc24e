package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.Collections;
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
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;

/**
 * The input with {@code low} elements put before each axis, {@code high} after it and {@code between} between
 * neighbours, all {@code value}. Negative {@code low} and {@code high} cut elements off.
 */
public record Pad(List<Dim> low, List<Dim> high, List<Long> between, double value) implements Op {
  public Pad {
    low = List.copyOf(low);
    high = List.copyOf(high);
    between = List.copyOf(between);
  }

  @Override
  public String name() {
    return "pad";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Value x = inputs.getFirst();
    Require.rank(x, low.size(), 0, "this padding");
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < low.size(); i++) {
      Dim dim = spread(x.shape().dim(i), between.get(i)).plus(low.get(i)).plus(high.get(i));
      if (Require.surelyAtLeast(dim.times(-1), 1)) {
        throw new ShapeProblem(Code.E0311, 0, "padding axis " + i + " of " + x.type() + " by " + low.get(i) + " and "
            + high.get(i) + " leaves " + dim + " elements", null);
      }
      dims.add(dim);
    }
    return new TensorType(x.type().element(), new Shape(dims));
  }

  private static Dim spread(Dim dim, long between) {
    return between == 0 || dim.is(0) ? dim : dim.minus(1).times(between + 1).plus(1);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    // Undo the cutting and the padding in one go, then keep every (between + 1)th element.
    List<Dim> minusLow = low.stream().map(d -> d.times(-1)).toList();
    List<Dim> minusHigh = high.stream().map(d -> d.times(-1)).toList();
    List<Long> none = Collections.nCopies(low.size(), 0L);
    Value spread = g.add(new Pad(minusLow, minusHigh, none, 0), dOut);
    List<Dim> start = Collections.nCopies(low.size(), Dim.ZERO);
    List<Long> step = between.stream().map(b -> b + 1).toList();
    return List.of(between.equals(none) ? spread : g.add(new Slice(start, spread.shape().dims(), step), spread));
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> axes = Loops.axes(self.shape());
    Shape from = self.input(0).shape();
    List<Index> at = new ArrayList<>();
    List<Index> checked = new ArrayList<>();
    List<Dim> extents = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      Index index = Index.of(axes.get(i)).plus(new Index.Fixed(low.get(i).times(-1)));
      at.add(index.exactlyDividedBy(Dim.of(between.get(i) + 1)));
      if (!low.get(i).is(0) || !high.get(i).is(0)) {
        checked.add(index);
        extents.add(spread(from.dim(i), between.get(i)));
      }
    }
    boolean cutsOnly = between.stream().allMatch(b -> b == 0) && low.stream().noneMatch(d -> Require.mayExceed(d, 0))
        && high.stream().noneMatch(d -> Require.mayExceed(d, 0));
    Expr element = Loops.element(self, 0, at, !cutsOnly);
    return new Lowering.Map(axes, value == 0 || cutsOnly ? element : filled(self, axes, element, checked, extents));
  }

  /** A guarded element is 0 outside; another value needs the question asked. */
  private Expr filled(Value self, List<Axis> axes, Expr element, List<Index> checked, List<Dim> extents) {
    Expr inside = Loops.inside(checked, extents);
    for (int i = 0; i < axes.size(); i++) {
      if (between.get(i) > 0) {
        Index index = Index.of(axes.get(i)).plus(new Index.Fixed(low.get(i).times(-1)));
        Expr whole = Loops.call(ScalarFn.EQ, Loops.integer(0),
            new Expr.Position(index.modulo(Dim.of(between.get(i) + 1))));
        inside = inside == null ? whole : Loops.call(ScalarFn.AND, inside, whole);
      }
    }
    return inside == null ? element : new Expr.Select(inside, element, new Expr.Constant(self.type().element(), value));
  }
}
