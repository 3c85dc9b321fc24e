package org.dlm.cli;

import java.util.LinkedHashMap;
import java.util.List;
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

  /** Those of a function: what was given, and the usual length for the others. */
  static Map<String, Long> parse(Map<String, String> given, Graph graph, long usual) {
    return of(given, graph, List.of(graph), usual);
  }

  /** The same, where what was given may belong to others of some functions. */
  static Map<String, Long> of(Map<String, String> given, Graph graph, List<Graph> all, long usual) {
    Set<String> open = new TreeSet<>();
    all.forEach(g -> open.addAll(open(g)));
    Map<String, Long> dims = new LinkedHashMap<>();
    for (var entry : given.entrySet()) {
      if (!entry.getValue().matches("[1-9][0-9]{0,8}")) {
        throw new InputProblem("--dims " + entry.getKey() + "=" + entry.getValue()
            + ": a dim is a positive whole number", "Write --dims N=64.");
      }
      if (!open.contains(entry.getKey())) {
        throw new InputProblem(names(all) + " no open dim `" + entry.getKey() + "`"
            + Suggestion.didYouMean(entry.getKey(), open),
            "There is " + (open.isEmpty() ? "none" : String.join(", ", open)) + ".");
      }
      dims.put(entry.getKey(), Long.parseLong(entry.getValue()));
    }
    Set<String> own = open(graph);
    own.forEach(name -> dims.putIfAbsent(name, usual));
    dims.keySet().retainAll(own);
    return dims;
  }

  private static String names(List<Graph> graphs) {
    return String.join(" and ", graphs.stream().map(g -> "`" + g.name() + "`").distinct().toList())
        + (graphs.size() == 1 ? " has" : " have");
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
    return shape.dims().stream().mapToInt(d -> {
      long length = d.evaluate(dims);
      if (length > Integer.MAX_VALUE) {
        throw new InputProblem("an axis of " + shape + " would be " + length + " long", "Give smaller --dims.");
      }
      return (int) length;
    }).toArray();
  }
}
