package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;

/** The same numbers in the same order under another shape of the same size. */
public record Reshape(Shape shape) implements Op {
  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Shape from = inputs.getFirst().shape();
    Require.equal(from.size(), shape.size(), Code.E0301, 0,
        "cannot reshape " + from + " to " + shape + ": " + from.size() + " elements are not " + shape.size(),
        "write one dim as `_` and it is worked out");
    return new TensorType(inputs.getFirst().type().element(), shape);
  }

  /** The shape with its one {@link Attributes#INFERRED} dim worked out. */
  static Shape solve(Shape from, List<Dim> wanted) {
    int hole = wanted.indexOf(Attributes.INFERRED);
    if (hole != wanted.lastIndexOf(Attributes.INFERRED)) {
      throw new ShapeProblem(Code.E0301, -1, "only one dim of a reshape can be `_`", null);
    }
    Shape shape = new Shape(wanted);
    if (hole < 0) {
      return shape;
    }
    Dim known = shape.with(hole, Dim.ONE).size();
    Dim missing = from.size().dividedBy(known).orElseThrow(() -> new ShapeProblem(Code.E0310, 0,
        "cannot reshape " + from + " to " + shape + ": " + from.size() + " / " + known + " is not a whole number",
            null));
    return shape.with(hole, missing);
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of(new Operators(g).reshape(dOut, self.input(0).shape()));
  }

  @Override
  public Lowering lower(Value self) {
    return new Lowering.SameMemory();
  }

  /** The type says it all. */
  @Override
  public String toString() {
    return "Reshape[]";
  }
}
