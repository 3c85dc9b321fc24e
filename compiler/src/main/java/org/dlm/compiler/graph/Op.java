package org.dlm.compiler.graph;

import java.util.List;

/**
 * What makes a value from others. One op, one record, one file in {@code op/}; attributes are record components. An op
 * knows its shape rule, its gradient and its meaning element by element; passes know ops only through this interface.
 */
public interface Op {
  /** The name in graph dumps and in comments of the generated code: {@code conv}, {@code sum}. */
  String name();

  /**
   * Element type and shape of the result. Throws {@link org.dlm.compiler.shape.ShapeProblem} where the inputs do not
   * fit.
   */
  TensorType infer(List<Value> inputs);

  /**
   * The gradient of each input given {@code dOut}, the gradient of {@code self}; made with {@code g}. An entry is null
   * where nothing flows (integer inputs, {@code stop}). An op without a gradient answers a list of nulls.
   */
  List<Value> gradient(GraphBuilder g, Value self, Value dOut);

  /** The meaning of {@code self}, element by element: the one source for interpreter, fusion and code. */
  Lowering lower(Value self);

  /**
   * Whether nothing that comes after a value of this op may be computed before it: what is computed again must not move
   * up to where it was computed first.
   */
  default boolean fence() {
    return false;
  }

  /**
   * What the source must make sure of the open dims for {@code self} to make sense, by shapes or by {@code require}:
   * where
   * it cannot be proved, that is an error, never a check in silence.
   */
  default List<Graph.Requirement> obligations(Value self) {
    return List.of();
  }

  /** What must hold of the open dims for {@code self} to make sense, where no proof is possible; checked on entry. */
  default List<Graph.Requirement> requirements(Value self) {
    return List.of();
  }
}
