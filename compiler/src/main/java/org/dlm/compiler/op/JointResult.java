package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * One of several results of a function that brings its own gradient: input 0 is the result, handed on unchanged; its
 * gradient goes to input 1, a vector in which all results lie one after the other, this one from {@code offset} on. So
 * the function's rule gets the gradients of all results at once.
 */
public record JointResult(Dim offset) implements Op {
  @Override
  public String name() {
    return "joint_result";
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return inputs.getFirst().type();
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    Dim size = self.shape().size();
    Dim behind = self.input(1).shape().dim(0).minus(offset).minus(size);
    Value flat = new Operators(g).reshape(dOut, new Shape(List.of(size)));
    List<Value> gradients = new ArrayList<>();
    gradients.add(null);
    gradients.add(g.add(new Pad(List.of(offset), List.of(behind), List.of(0L), 0), flat));
    return gradients;
  }

  @Override
  public Lowering lower(Value self) {
    return new Lowering.SameMemory();
  }
}
