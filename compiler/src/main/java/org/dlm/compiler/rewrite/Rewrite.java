package org.dlm.compiler.rewrite;

import java.util.Map;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;

/**
 * From a graph to a smaller one that computes the same numbers: simplifies by {@link Rules}, shares what is equal and
 * drops what is unused until nothing changes. To be run after gradients are made: ops that only steer gradients go
 * away.
 */
public final class Rewrite {
  private Rewrite() {}

  public static Graph apply(Graph graph) {
    Graph current = DropUnused.apply(graph);
    Loops loops = new Loops();
    boolean[] changed = {true};
    while (changed[0]) {
      Graph smaller = loops.apply(current);
      changed[0] = smaller != current;
      Graph simplified = Simplify.apply(smaller, Rules.ALL, rule -> changed[0] = true);
      current = DropUnused.apply(ShareEqual.apply(simplified));
    }
    return current;
  }

  /** The graph with every value replaced by what the map says. */
  static Graph rebuilt(Graph graph, GraphBuilder g, Map<Value, Value> values) {
    return g.build(graph.name(), graph.inputs().stream().map(values::get).toList(),
        graph.results().stream().map(r -> new Graph.Result(r.name(), values.get(r.value()))).toList(),
        graph.updates().stream().map(u -> new Graph.Update(u.path(), values.get(u.value()))).toList(),
        graph.requirements());
  }
}
