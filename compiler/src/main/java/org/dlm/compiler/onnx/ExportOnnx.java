package org.dlm.compiler.onnx;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.shape.Dim;

/**
 * Writes what a function computes as an ONNX model. Values become nodes one by one, as {@link Forms} says; open dims
 * stay open.
 */
public final class ExportOnnx {
  /** The set of operators that is used, which is in all current runtimes. */
  public static final int OPERATORS = 17;

  private static final int FORMAT = 8;

  private final Function<String, byte[]> weights;
  private final OnnxGraph at;
  private final Sizes sizes;
  private final Map<Value, String> names;
  private final Map<Value, List<String>> parts = new IdentityHashMap<>();
  private final Map<String, String> counters;

  private ExportOnnx(Function<String, byte[]> weights, OnnxGraph at, Sizes sizes, Map<Value, String> names,
      Map<String, String> counters) {
    this.weights = weights;
    this.at = at;
    this.sizes = sizes;
    this.names = names;
    this.counters = counters;
  }

  /**
   * Writes the model; throws {@link NotInOnnx} where something has no form.
   *
   * @param weights the numbers of a parameter or buffer by its path, little-endian
   */
  public static void write(Graph graph, String doc, Function<String, byte[]> weights, OutputStream out)
      throws IOException {
    OnnxGraph root = new OnnxGraph(null);
    Map<Value, String> names = new IdentityHashMap<>();
    for (Value input : graph.inputs()) {
      String name = ((Given) input.op()).path();
      names.put(input, name);
      root.input(name, input.type());
    }
    Sizes sizes = new Sizes(root, graph, names);
    new ExportOnnx(weights, root, sizes, names, Map.of()).all(graph);
    for (Graph.Result result : graph.results()) {
      String name = names.containsValue(result.name()) ? result.name() + "_out" : result.name();
      root.named(names.get(result.value()), name);
      root.output(name, result.value().type());
    }
    Message operators = new Message().text(1, "").number(2, OPERATORS);
    new Message().number(1, FORMAT).text(2, "dlm").text(6, doc).message(7, root.message(graph.name()))
        .message(8, operators).write(out);
  }

  /** Every value that a result needs. */
  private void all(Graph graph) {
    Set<Value> needed = new HashSet<>();
    graph.results().forEach(r -> needed.add(r.value()));
    for (Value value : graph.values().reversed()) {
      if (needed.contains(value)) {
        needed.addAll(value.inputs());
      }
    }
    for (Value value : graph.values()) {
      if (needed.contains(value) && !names.containsKey(value)) {
        names.put(value, value.op() instanceof Given given ? weight(given) : Forms.write(this, value));
      }
    }
  }

  private String weight(Given given) {
    List<Long> shape = given.type().shape().dims().stream().map(Dim::constant).toList();
    return at.root().initializer(given.path(), OnnxGraph.type(given.type().element()), shape,
        weights.apply(given.path()));
  }

  // ------------------------------------------------------------------------------------------ the words of Forms

  /** What an input of a value is called. */
  String in(Value value, int input) {
    return names.get(value.input(input));
  }

  String node(String op, List<String> from, Attribute... attributes) {
    return at.node(op, from, attributes);
  }

  OnnxGraph graph() {
    return at;
  }

  /** Lengths as a tensor with one axis. */
  String sizes(List<Dim> dims) {
    return sizes.vector(at, dims, counters);
  }

  String size(Dim dim) {
    return sizes.one(at, dim, counters);
  }

  /** A value has several results. */
  String several(Value value, List<String> results) {
    parts.put(value, results);
    return results.getFirst();
  }

  String part(Value value, int index) {
    return parts.get(value).get(index);
  }

  /** The body of a loop; {@code given}: what its inputs are called, in it or around it. */
  void body(OnnxGraph inner, Graph body, List<String> given, String symbol, String counter) {
    Map<Value, String> inside = new IdentityHashMap<>();
    for (int i = 0; i < given.size(); i++) {
      inside.put(body.inputs().get(i), given.get(i));
    }
    Map<String, String> counting = new HashMap<>(counters);
    counting.put(symbol, counter);
    ExportOnnx export = new ExportOnnx(weights, inner, sizes, inside, counting);
    export.all(body);
    List<String> results = new ArrayList<>();
    for (Graph.Result result : body.results()) {
      String name = inner.fresh();
      inner.named(inside.get(result.value()), name);
      inner.output(name, result.value().type());
      results.add(name);
    }
  }
}
