package org.dlm.compiler.graph;

import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.shape.Dim;

/**
 * An input whose numbers are used as they are to look something up: labels, token ids. They must be at least 0 and less
 * than {@code extent}.
 *
 * @param input which input of the graph
 * @param lookup the op that looks up, and its line in the model
 */
public record InputLookup(int input, Dim extent, String lookup) {
  /** All of a graph, in order. */
  public static List<InputLookup> of(Graph graph) {
    Map<Value, Integer> inputs = new IdentityHashMap<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      inputs.put(graph.inputs().get(i), i);
    }
    Set<InputLookup> found = new LinkedHashSet<>();
    for (Value value : graph.values()) {
      Lowering lowering = value.op().lower(value);
      if (lowering instanceof Lowering.SameMemory && inputs.containsKey(value.input(0))) {
        inputs.put(value, inputs.get(value.input(0)));
      }
      for (Index.Loaded loaded : lookups(lowering)) {
        if (loaded.value() instanceof Expr.Element e && inputs.containsKey(value.input(e.operand()))) {
          found.add(new InputLookup(inputs.get(value.input(e.operand())), loaded.extent(), loaded.lookup()));
        }
      }
    }
    return List.copyOf(found);
  }

  private static List<Index.Loaded> lookups(Lowering lowering) {
    return switch (lowering) {
      case Lowering.Given g -> List.of();
      case Lowering.SameMemory s -> List.of();
      case Lowering.Map m -> Indices.lookups(m.element());
      case Lowering.Reduce r -> Indices.lookups(r.element());
      case Lowering.Scatter s -> s.target().stream().flatMap(i -> Indices.lookups(i).stream()).toList();
      case Lowering.Running r -> Indices.lookups(r.element());
      case Lowering.Repeat r -> List.of();
      case Lowering.Part p -> List.of();
      case Lowering.Room r -> List.of();
      case Lowering.Put p -> Indices.lookups(p.element());
    };
  }
}
