package org.dlm.compiler.rewrite;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.Operators;

/** Applies rules to every value of a graph, first to last, as long as one applies. What they make superfluous stays. */
final class Simplify {
  /** More rewrites of one value than any chain of rules can need: two rules undo each other. */
  private static final int LIMIT = 100;

  private final List<Rule> rules;
  private final Consumer<Rule> fired;
  private final GraphBuilder g = new GraphBuilder();
  private final Operators o = new Operators(g);

  private Simplify(List<Rule> rules, Consumer<Rule> fired) {
    this.rules = rules;
    this.fired = fired;
  }

  static Graph apply(Graph graph, List<Rule> rules, Consumer<Rule> fired) {
    Simplify simplify = new Simplify(rules, fired);
    Map<Value, Value> rewritten = new IdentityHashMap<>();
    for (Value value : graph.values()) {
      simplify.g.at(value.origin());
      Value copy = simplify.g.copy(value, value.inputs().stream().map(rewritten::get).toList());
      rewritten.put(value, simplify.rewrite(copy));
    }
    return Rewrite.rebuilt(graph, simplify.g, rewritten);
  }

  private Value rewrite(Value value) {
    Value current = value;
    for (int i = 0; i < LIMIT; i++) {
      Value next = once(current);
      if (next == null) {
        return current;
      }
      if (!next.type().equals(value.type())) {
        throw new IllegalStateException("a rule made " + next.type() + " of " + value.op() + " " + value.type());
      }
      current = next;
    }
    throw new IllegalStateException("the rules never end for " + value.op());
  }

  private Value once(Value value) {
    for (Rule rule : rules) {
      Value next = rule.rewriting().apply(o, g, value);
      if (next != null) {
        fired.accept(rule);
        return next;
      }
    }
    return null;
  }
}
