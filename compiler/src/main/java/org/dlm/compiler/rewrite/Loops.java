package org.dlm.compiler.rewrite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Part;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.op.Reduce;
import org.dlm.compiler.op.Scan;

/** Rewrites the bodies of loops over time, and makes the loops smaller: see {@link SmallerLoop}. */
final class Loops {
  /** Bodies that are rewritten already. */
  private final Set<Graph> finished = Collections.newSetFromMap(new IdentityHashMap<>());

  /** The graph with smaller loops, or the graph itself where there is nothing to do. */
  Graph apply(Graph graph) {
    if (graph.values().stream().noneMatch(v -> v.op() instanceof Scan)) {
      return graph;
    }
    Map<Value, List<Value>> users = users(graph);
    GraphBuilder g = new GraphBuilder();
    Map<Value, Value> rewritten = new IdentityHashMap<>();
    Map<Value, Map<Integer, Value>> results = new IdentityHashMap<>();
    boolean changed = false;
    for (Value value : graph.values()) {
      List<Value> inputs = value.inputs().stream().map(rewritten::get).toList();
      if (value.op() instanceof Scan scan) {
        boolean known = finished.contains(scan.body());
        Scan simple = known ? scan : simplified(scan);
        Map<Integer, Value> smaller = new SmallerLoop(g.at(value.origin()), simple, inputs, read(value, users),
            i -> isOnlySummed(value, i, users)).results();
        changed |= !known || smaller != null;
        if (smaller == null) {
          rewritten.put(value, g.at(value.origin()).add(simple, inputs));
        } else {
          results.put(value, smaller);
        }
      } else if (value.op() instanceof Part(int index) && results.containsKey(value.input(0))) {
        rewritten.put(value, results.get(value.input(0)).get(index));
      } else if (isSum(value) && value.input(0).op() instanceof Part(int index)
          && results.containsKey(value.input(0).input(0))
          && results.get(value.input(0).input(0)).containsKey(-1 - index)) {
        rewritten.put(value, results.get(value.input(0).input(0)).get(-1 - index));
      } else {
        rewritten.put(value, g.copy(value, inputs));
      }
    }
    return changed ? Rewrite.rebuilt(graph, g, rewritten) : graph;
  }

  private Scan simplified(Scan scan) {
    Graph body = Rewrite.apply(scan.body());
    finished.add(body);
    return new Scan(body, scan.walked(), scan.carries(), scan.extent(), scan.counter(), scan.backwards(), 0);
  }

  private static Map<Value, List<Value>> users(Graph graph) {
    Map<Value, List<Value>> users = new IdentityHashMap<>();
    for (Value value : graph.values()) {
      value.inputs().forEach(i -> users.computeIfAbsent(i, v -> new ArrayList<>()).add(value));
    }
    // A result or an update is a user that is no value: it is counted as its own.
    graph.results().forEach(r -> users.computeIfAbsent(r.value(), v -> new ArrayList<>()).add(r.value()));
    graph.updates().forEach(u -> users.computeIfAbsent(u.value(), v -> new ArrayList<>()).add(u.value()));
    return users;
  }

  private static Set<Integer> read(Value scan, Map<Value, List<Value>> users) {
    Set<Integer> read = new HashSet<>();
    for (Value user : users.getOrDefault(scan, List.of())) {
      if (user.op() instanceof Part(int index) && users.containsKey(user)) {
        read.add(index);
      }
    }
    return read;
  }

  private static boolean isOnlySummed(Value scan, int result, Map<Value, List<Value>> users) {
    List<Value> parts = users.get(scan).stream()
        .filter(u -> u.op() instanceof Part(int index) && index == result && users.containsKey(u)).toList();
    return parts.size() == 1 && users.get(parts.getFirst()).size() == 1
        && isSum(users.get(parts.getFirst()).getFirst());
  }

  /** A sum over the steps. */
  private static boolean isSum(Value value) {
    return value.op() instanceof Reduce(Combiner combiner, List<Integer> axes, boolean keep)
        && combiner == Combiner.SUM && axes.equals(List.of(0)) && !keep;
  }
}
