package org.dlm.compiler.build;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Origin;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Instance;
import org.dlm.compiler.model.RecipeSpec;
import org.dlm.compiler.op.Stop;
import org.dlm.compiler.shape.Facts;
import org.dlm.compiler.source.Span;

/** One function being turned into a graph: what was computed so far, and what is known and required on the way. */
final class Trace {
  final GraphBuilder graph;
  final boolean training;
  final Facts facts = new Facts();
  final Map<String, Value> variables = new LinkedHashMap<>();
  final Map<String, Value> updates = new LinkedHashMap<>();
  private final Deque<Map<String, Updated>> calls = new ArrayDeque<>();
  final List<Graph.Requirement> requirements = new ArrayList<>();
  final Set<Instance.Requirement> known = new HashSet<>();

  /** What is required of numbers that are known when the code runs; null where there are none, as in a model. */
  final List<RecipeSpec.Condition> conditions;

  /** Where each open dim gets its name. */
  final Map<String, Span> openDims = new LinkedHashMap<>();

  /** The loops over time around what is traced, innermost first. */
  final Deque<Span> loops = new ArrayDeque<>();
  /** The instance whose function is being traced; origins carry its path. */
  Instance owner;

  private int region;
  private int regions;

  /** A buffer's new contents and where they were given. */
  record Updated(Value value, Span span) {}

  Trace(GraphBuilder graph, boolean training) {
    this(graph, training, null);
  }

  private Trace(GraphBuilder graph, boolean training, List<RecipeSpec.Condition> conditions) {
    this.graph = graph;
    this.training = training;
    this.conditions = conditions;
  }

  /** Of a formula over run-time numbers, of which something may be required. */
  static Trace ofFormula() {
    return new Trace(new GraphBuilder(), false, new ArrayList<>());
  }

  void at(Span span, Instance owner) {
    graph.at(new Origin(span, owner == null ? "" : owner.path(), region));
  }

  /** What the work makes is computed again in the backward pass, as one; inside of such a region nothing changes. */
  <T> T region(Supplier<T> work) {
    if (region != 0) {
      return work.get();
    }
    region = ++regions;
    try {
      return work.get();
    } finally {
      region = 0;
    }
  }

  // ------------------------------------------------------------------------------------------------ buffers

  /** A function begins: its reads of buffers give what they hold now. */
  void enter() {
    calls.push(new LinkedHashMap<>());
  }

  /** Stores after the call; gives the earlier update of this call, if there is one. */
  Updated update(String path, Updated updated) {
    return calls.peek().putIfAbsent(path, updated);
  }

  /** The function ends: what it stored is what the next call reads, without gradient. */
  void leave() {
    calls.pop().forEach((path, updated) -> {
      Value stored = graph.add(new Stop(), updated.value());
      updates.put(path, stored);
      variables.put(path, stored);
    });
  }

  List<Graph.Update> graphUpdates() {
    return updates.entrySet().stream().map(e -> new Graph.Update(e.getKey(), e.getValue())).toList();
  }
}
