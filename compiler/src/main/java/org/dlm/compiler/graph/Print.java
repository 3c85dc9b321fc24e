package org.dlm.compiler.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A graph as text: one value a line with its op, inputs, type and place in the source. The same graph gives the same
 * text.
 */
public final class Print {
  private Print() {}

  public static String graph(Graph graph) {
    List<String> left = new ArrayList<>();
    for (Value value : graph.values()) {
      left.add("  " + value + " = " + call(value));
    }
    int width = Math.min(80, left.stream().mapToInt(String::length).max().orElse(0));
    StringBuilder text = new StringBuilder("graph " + graph.name() + "("
        + graph.inputs().stream().map(Value::toString).collect(Collectors.joining(", ")) + ")\n");
    for (Graph.Requirement r : graph.requirements()) {
      text.append("  require ").append(r.left()).append(' ').append(sign(r.relation())).append(' ').append(r.right())
          .append("  \"").append(r.message()).append("\"  @ ").append(r.origin()).append('\n');
    }
    for (int i = 0; i < left.size(); i++) {
      Value value = graph.values().get(i);
      text.append(left.get(i)).append(" ".repeat(Math.max(0, width - left.get(i).length())))
          .append(" : ").append(value.type()).append("  @ ").append(value.origin()).append('\n');
      if (value.op().lower(value) instanceof Lowering.Repeat repeat) {
        text.append(graph(repeat.body()).indent(4));
      }
    }
    graph.updates().forEach(u ->
        text.append("  update ").append(u.path()).append(" = ").append(u.value()).append('\n'));
    graph.results().forEach(r ->
        text.append("  result ").append(r.name()).append(" = ").append(r.value()).append('\n'));
    return text.toString();
  }

  /**
   * {@code sum[combiner=SUM, axes=[1], keep=false] %3}: the op, its attributes as its record prints them, its inputs.
   */
  static String call(Value value) {
    String record = value.op().toString();
    int bracket = record.indexOf('[');
    String attributes = bracket < 0 || record.endsWith("[]") ? "" : record.substring(bracket);
    String inputs = value.inputs().stream().map(Value::toString).collect(Collectors.joining(", "));
    return value.op().name() + attributes + (inputs.isEmpty() ? "" : " " + inputs);
  }

  private static String sign(Graph.Relation relation) {
    return switch (relation) {
      case EQUAL -> "==";
      case NOT_EQUAL -> "!=";
      case LESS -> "<";
      case AT_MOST -> "<=";
      case DIVIDES -> "% ... == 0 by";
    };
  }
}
