package org.dlm.compiler.op;

import java.util.Collections;
import java.util.List;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;

/**
 * A tensor that comes from outside the graph: an argument of the function, a parameter, a buffer, an optimizer's state.
 */
public record Given(Kind kind, String path, TensorType type) implements Op {
  /** Where it comes from. */
  public enum Kind { INPUT, PARAMETER, BUFFER }

  @Override
  public String name() {
    return kind.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public TensorType infer(List<Value> inputs) {
    return type;
  }

  @Override
  public List<Value> gradient(GraphBuilder g, Value self, Value dOut) {
    return Collections.emptyList();
  }

  @Override
  public Lowering lower(Value self) {
    return new Lowering.Given();
  }

  @Override
  public String toString() {
    return "Given[" + path + "]";
  }
}
