package org.dlm.compiler.op;

import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * Products of elements of two inputs, summed over the axes that the result does not have. Each axis is a letter; every
 * letter of an input occurs in the other input or in the result ({@link EinsumPattern} sums lone axes away first).
 * Lowers to the normal form of a contraction: a sum of the product of two elements whose indices are loop axes and
 * nothing else.
 */
public record Einsum(String left, String right, String result) implements Op {
  @Override
  public String name() {
    return "einsum " + left + "," + right + "->" + result;
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    Require.element(inputs.get(0), DType.F32, 0, "`einsum`");
    Require.element(inputs.get(1), DType.F32, 1, "`einsum`");
    Require.rank(inputs.get(0), left.length(), 0, "`" + name() + "`");
    Require.rank(inputs.get(1), right.length(), 1, "`" + name() + "`");
    for (int i = 0; i < right.length(); i++) {
      int other = left.indexOf(right.charAt(i));
      if (other >= 0) {
        Dim a = inputs.get(0).shape().dim(other);
        Dim b = inputs.get(1).shape().dim(i);
        Require.equal(a, b, Code.E0301, 1, "axis " + i + " of the second tensor must be " + a + " long, as axis "
            + other
            + " of the first, not " + b, null);
      }
    }
    return new TensorType(DType.F32, new Shape(result.chars().mapToObj(c -> dim(inputs, (char) c)).toList()));
  }

  private Dim dim(List<Value> inputs, char letter) {
    int i = left.indexOf(letter);
    return i >= 0 ? inputs.get(0).shape().dim(i) : inputs.get(1).shape().dim(right.indexOf(letter));
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return List.of(g.add(new Einsum(result, right, left), dOut, self.input(1)),
        g.add(new Einsum(left, result, right), self.input(0), dOut));
  }

  @Override
  public Lowering lower(Value self) {
    List<Axis> out = axes(self, result);
    StringBuilder summed = new StringBuilder();
    for (char letter : (left + right).toCharArray()) {
      if (result.indexOf(letter) < 0 && summed.indexOf(String.valueOf(letter)) < 0) {
        summed.append(letter);
      }
    }
    Expr product = Loops.call(ScalarFn.MUL, Loops.element(self, 0, Index.of(axes(self, left))),
        Loops.element(self, 1, Index.of(axes(self, right))));
    return summed.isEmpty() ? new Lowering.Map(out, product)
        : new Lowering.Reduce(out, axes(self, summed.toString()), Combiner.SUM, product);
  }

  private List<Axis> axes(Value self, String letters) {
    return letters.chars().mapToObj(c -> new Axis(String.valueOf((char) c), dim(self.inputs(), (char) c))).toList();
  }

  /** The name says it all. */
  @Override
  public String toString() {
    return "Einsum[]";
  }
}
