package org.dlm.compiler.rewrite;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.Value;

/** Computes once what is computed twice: the same op with the same attributes from the same inputs. */
final class ShareEqual {
  private ShareEqual() {}

  private record Key(Op op, List<Value> inputs) {}

  static Graph apply(Graph graph) {
    GraphBuilder g = new GraphBuilder();
    Map<Key, Value> known = new HashMap<>();
    Map<Value, Value> shared = new IdentityHashMap<>();
    for (Value value : graph.values()) {
      List<Value> inputs = value.inputs().stream().map(shared::get).toList();
      shared.put(value, known.computeIfAbsent(new Key(value.op(), inputs),
          key -> g.copy(value, inputs)));
    }
    return Rewrite.rebuilt(graph, g, shared);
  }
}
