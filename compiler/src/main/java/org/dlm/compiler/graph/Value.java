package org.dlm.compiler.graph;

import java.util.List;

/**
 * A tensor in a graph: made once by an op from its inputs. Compared by identity; {@code id} orders the values of a
 * graph.
 */
public final class Value {
  private final int id;
  private final Op op;
  private final List<Value> inputs;
  private final TensorType type;
  private final Origin origin;

  Value(int id, Op op, List<Value> inputs, TensorType type, Origin origin) {
    this.id = id;
    this.op = op;
    this.inputs = List.copyOf(inputs);
    this.type = type;
    this.origin = origin;
  }

  public int id() {
    return id;
  }

  public Op op() {
    return op;
  }

  public List<Value> inputs() {
    return inputs;
  }

  public Value input(int i) {
    return inputs.get(i);
  }

  public TensorType type() {
    return type;
  }

  public org.dlm.compiler.shape.Shape shape() {
    return type.shape();
  }

  public Origin origin() {
    return origin;
  }

  @Override
  public String toString() {
    return "%" + id;
  }
}
