package org.dlm.compiler.graph;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.shape.Facts;

/**
 * What one function computes: values in an order in which each comes after its inputs, and which of them are results.
 *
 * @param name the function's name
 * @param values all values, inputs and parameters included, in order of computation
 * @param inputs the function's tensor parameters, in order; their op is {@code Input}
 * @param results named results ({@code out} where the source gives no name)
 * @param updates new contents of buffers, stored after the call
 * @param requirements what must hold of the open dims on entry
 */
public record Graph(
    String name,
    List<Value> values,
    List<Value> inputs,
    List<Result> results,
    List<Update> updates,
    List<Requirement> requirements) {

  public Graph {
    values = List.copyOf(values);
    inputs = List.copyOf(inputs);
    results = List.copyOf(results);
    updates = List.copyOf(updates);
    requirements = List.copyOf(requirements);
  }

  /**
   * Whether the other computes the same by the same ops in the same order. An op that compares by identity, such as one
   * with a rule of its own, is the same as itself only.
   */
  public boolean isSameAs(Graph other) {
    if (values.size() != other.values.size() || !requirements.equals(other.requirements)) {
      return false;
    }
    Map<Value, Value> twins = new IdentityHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      Value one = values.get(i);
      Value two = other.values.get(i);
      if (!one.op().equals(two.op()) || !one.type().equals(two.type()) || !one.origin().equals(two.origin())
          || !two.inputs().equals(one.inputs().stream().map(twins::get).toList())) {
        return false;
      }
      twins.put(one, two);
    }
    return other.inputs.equals(inputs.stream().map(twins::get).toList())
        && other.results.equals(results.stream().map(r -> new Result(r.name(), twins.get(r.value()))).toList())
        && other.updates.equals(updates.stream().map(u -> new Update(u.path(), twins.get(u.value()))).toList());
  }

  public record Result(String name, Value value) {}

  /** Buffer {@code path} becomes {@code value} after the call. */
  public record Update(String path, Value value) {}

  /** {@code left REL right}, with what the source says about it; checked on entry of the generated method. */
  public record Requirement(
      Relation relation, org.dlm.compiler.shape.Dim left, org.dlm.compiler.shape.Dim right, String message,
      Origin origin) {

    /** From here on it holds. */
    public void teach(Facts facts) {
      switch (relation) {
        case EQUAL -> facts.learnEqual(left, right);
        case AT_MOST -> facts.learnAtMost(left, right);
        case LESS -> facts.learnAtMost(left.plus(1), right);
        case DIVIDES -> facts.learnDivides(right, left);
        case NOT_EQUAL -> { }
      }
    }

    /** Whether the facts leave no other way; only comparisons are looked at. */
    public boolean followsFrom(Facts facts) {
      return relation == Relation.AT_MOST && facts.atMost(left, right) == Facts.Answer.YES;
    }

    /** Whether the facts rule it out; only comparisons are looked at. */
    public boolean contradicts(Facts facts) {
      return relation == Relation.AT_MOST && facts.atMost(left, right) == Facts.Answer.NO;
    }

    /** Whether the other asks the same of the dims, in whatever words. */
    public boolean saysTheSameAs(Requirement other) {
      return relation == other.relation && left.equals(other.left) && right.equals(other.right);
    }
  }

  /** How two dims are required to stand to each other; DIVIDES: left % right == 0. */
  public enum Relation { EQUAL, NOT_EQUAL, LESS, AT_MOST, DIVIDES }
}
