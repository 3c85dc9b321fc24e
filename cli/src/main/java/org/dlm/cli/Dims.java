package org.dlm.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;

/** Values for open dims, as given with {@code --dims N=64,T=64}. */
final class Dims {
  private Dims() {}

  /** @param given may be null */
  static Map<String, Long> parse(Map<String, String> given, Graph graph, long usual) {
    Set<String> open = new TreeSet<>();
    graph.inputs().forEach(v -> v.shape().dims().forEach(d -> open.addAll(d.symbols())));
    Map<String, Long> dims = new LinkedHashMap<>();
    for (var entry : given.entrySet()) {
      if (!entry.getValue().matches("[1-9][0-9]{0,8}")) {
        throw new InputProblem("--dims " + entry.getKey() + "=" + entry.getValue() + ": a dim is a positive whole number", "Write --dims N=64.");
      }
      if (!open.contains(entry.getKey())) {
        throw new InputProblem("`" + graph.name() + "` has no open dim `" + entry.getKey() + "`"
            + Suggestion.didYouMean(entry.getKey(), open), "It has " + (open.isEmpty() ? "none" : String.join(", ", open)) + ".");
      }
      dims.put(entry.getKey(), Long.parseLong(entry.getValue()));
    }
    open.forEach(name -> dims.putIfAbsent(name, usual));
    return dims;
  }

  static int[] lengths(Shape shape, Map<String, Long> dims) {
    return shape.dims().stream().mapToInt(d -> Math.toIntExact(d.evaluate(dims))).toArray();
  }

  /** How large an index may be that is used for looking something up; 1 where nobody looks up anything with it. */
  static long indexLimit(Graph graph, Value ids, Map<String, Long> dims) {
    long limit = Long.MAX_VALUE;
    Set<Value> same = new java.util.HashSet<>(Set.of(ids));
    for (Value value : graph.values()) {
      boolean uses = value.inputs().size() == 2 && same.contains(value.input(1));
      Dim dim = !uses ? null : switch (value.op().name()) {
        case "pick" -> value.input(0).shape().dim(value.input(0).shape().rank() - 1);
        case "take" -> value.input(0).shape().dim(0);
        default -> null;
      };
      limit = dim == null ? limit : Math.min(limit, dim.evaluate(dims));
      if (value.inputs().size() == 1 && same.contains(value.input(0)) && value.op().lower(value) instanceof org.dlm.compiler.graph.Lowering.SameMemory) {
        same.add(value);
      }
    }
    return limit == Long.MAX_VALUE ? 1 : limit;
  }
}
