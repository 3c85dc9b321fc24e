package org.dlm.compiler.graph;

import java.util.List;
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
