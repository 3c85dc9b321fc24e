package org.dlm.compiler.rewrite;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;

/** Leaves out what no result and no update needs; the inputs stay. */
final class DropUnused {
  private DropUnused() {}

  static Graph apply(Graph graph) {
    Set<Value> used = Collections.newSetFromMap(new IdentityHashMap<>());
    used.addAll(graph.inputs());
    graph.results().forEach(r -> used.add(r.value()));
    graph.updates().forEach(u -> used.add(u.value()));
    for (Value value : graph.values().reversed()) {
      if (used.contains(value)) {
        used.addAll(value.inputs());
      }
    }
    GraphBuilder g = new GraphBuilder();
    Map<Value, Value> kept = new IdentityHashMap<>();
    for (Value value : graph.values()) {
      if (used.contains(value)) {
        kept.put(value, g.copy(value, value.inputs().stream().map(kept::get).toList()));
      }
    }
    return Rewrite.rebuilt(graph, g, kept);
  }
}
