package org.dlm.compiler.graph;

import java.util.List;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** An op with several results: its own value holds no numbers, a {@link Part} reads each result. */
public interface ManyResults extends Op {
  /** The type of a value that only stands for its parts. */
  TensorType NOTHING = new TensorType(DType.F32, new Shape(List.of(Dim.ZERO)));

  /** The types of the results. */
  List<TensorType> results(List<Value> inputs);

  /** The same op whose further results, behind its own, are what its gradient needs of the forward pass. */
  ManyResults keeping();

  /**
   * The gradient of each input given that of each result; an entry of {@code dOuts} is null where nothing arrived.
   * {@code self} is made by an op that is {@link #keeping}.
   */
  List<Value> gradients(GraphBuilder g, Value self, List<Value> dOuts);

  @Override
  default TensorType infer(List<Value> inputs) {
    return NOTHING;
  }

  @Override
  default List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    throw new IllegalStateException(name() + " has a gradient only for all its results together");
  }
}
