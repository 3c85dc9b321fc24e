package org.dlm.compiler.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.dlm.compiler.shape.Facts;

/** Makes values one after the other; the only place where a {@link Value} is created. */
public final class GraphBuilder {
  private final List<Value> values = new ArrayList<>();
  private int nextId;
  private Origin origin = Origin.NONE;

  /** The origin that the next values get. */
  public GraphBuilder at(Origin origin) {
    this.origin = origin;
    return this;
  }

  public Origin origin() {
    return origin;
  }

  /** Applies an op. Throws {@link org.dlm.compiler.shape.ShapeProblem} where the inputs do not fit. */
  public Value add(Op op, Value... inputs) {
    return add(op, List.of(inputs));
  }

  public Value add(Op op, List<Value> inputs) {
    Value value = new Value(nextId++, op, inputs, op.infer(inputs), origin);
    values.add(value);
    return value;
  }

  /** The same op as {@code original}, with its origin, from inputs of the same types; spares the shape rule. */
  public Value copy(Value original, List<Value> inputs) {
    Value value = new Value(nextId++, original.op(), inputs, original.type(), original.origin());
    values.add(value);
    return value;
  }

  /** Takes out what was made since there were {@code size} values, but for what {@code stays} there. */
  public List<Value> cut(int size, Predicate<Value> stays) {
    List<Value> made = List.copyOf(values.subList(size, values.size()));
    values.subList(size, values.size()).clear();
    made.stream().filter(stays).forEach(values::add);
    return made.stream().filter(v -> !stays.test(v)).toList();
  }

  /** How many values there are. */
  public int size() {
    return values.size();
  }

  /** All values so far, in order. */
  public List<Value> values() {
    return List.copyOf(values);
  }

  /** The values made since there were {@code size} of them. */
  public List<Value> since(int size) {
    return List.copyOf(values.subList(size, values.size()));
  }

  /** The graph; {@code requirements} are those of the source, to which the ops' own are added. */
  public Graph build(String name, List<Value> inputs, List<Graph.Result> results, List<Graph.Update> updates,
      List<Graph.Requirement> requirements) {
    List<Graph.Requirement> all = new ArrayList<>(requirements);
    Facts facts = new Facts();
    requirements.forEach(r -> r.teach(facts));
    for (Value value : values) {
      for (Graph.Requirement own : value.op().requirements(value)) {
        if (!own.followsFrom(facts) && all.stream().noneMatch(r -> r.saysTheSameAs(own))) {
          all.add(own);
        }
      }
    }
    return new Graph(name, values, inputs, results, updates, all);
  }
}
