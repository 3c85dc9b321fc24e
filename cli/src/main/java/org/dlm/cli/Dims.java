package org.dlm.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.shape.Shape;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;

/** Values for open dims, as given with {@code --dims N=64,T=64}. */
final class Dims {
  private Dims() {}

  /** @param given may be null */
  static Map<String, Long> parse(Map<String, String> given, Graph graph, long usual) {
    Set<String> open = open(graph);
    Map<String, Long> dims = new LinkedHashMap<>();
    for (var entry : given.entrySet()) {
      if (!entry.getValue().matches("[1-9][0-9]{0,8}")) {
        throw new InputProblem("--dims " + entry.getKey() + "=" + entry.getValue()
            + ": a dim is a positive whole number", "Write --dims N=64.");
      }
      if (!open.contains(entry.getKey())) {
        throw new InputProblem("`" + graph.name() + "` has no open dim `" + entry.getKey() + "`"
            + Suggestion.didYouMean(entry.getKey(), open),
            "It has " + (open.isEmpty() ? "none" : String.join(", ", open)) + ".");
      }
      dims.put(entry.getKey(), Long.parseLong(entry.getValue()));
    }
    open.forEach(name -> dims.putIfAbsent(name, usual));
    return dims;
  }

  /** The same, of those of the given dims that this function has; the others belong to other functions. */
  static Map<String, Long> known(Map<String, String> given, Graph graph, long usual) {
    Map<String, String> known = new LinkedHashMap<>(given);
    known.keySet().retainAll(open(graph));
    return parse(known, graph, usual);
  }

  private static Set<String> open(Graph graph) {
    Set<String> open = new TreeSet<>();
    graph.inputs().forEach(v -> v.shape().dims().forEach(d -> open.addAll(d.symbols())));
    return open;
  }

  static int[] lengths(Shape shape, Map<String, Long> dims) {
    return shape.dims().stream().mapToInt(d -> Math.toIntExact(d.evaluate(dims))).toArray();
  }
}
