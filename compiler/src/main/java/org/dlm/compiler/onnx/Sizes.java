package org.dlm.compiler.onnx;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.Atom;
import org.dlm.compiler.shape.Dim;

/** Lengths of axes as tensors of one whole number, computed from the shapes of the inputs where they are open. */
final class Sizes {
  private final OnnxGraph root;
  private final Map<String, String> symbols = new HashMap<>();
  private final Map<Dim, String> known = new HashMap<>();

  Sizes(OnnxGraph root, Graph graph, Map<Value, String> names) {
    this.root = root;
    for (Value input : graph.inputs()) {
      for (int axis = 0; axis < input.shape().rank(); axis++) {
        Dim dim = input.shape().dim(axis);
        if (dim.symbols().size() == 1) {
          solve(dim, dim.symbols().iterator().next(), names.get(input), axis);
        }
      }
    }
  }

  /** {@code factor * symbol + rest} is the length of an axis of an input. */
  private void solve(Dim dim, String symbol, String input, int axis) {
    long rest = dim.evaluate(Map.of(symbol, 0L));
    long factor = dim.evaluate(Map.of(symbol, 1L)) - rest;
    boolean plain = dim.asSymbol().isPresent();
    if (factor == 0 || !dim.equals(Dim.symbol(symbol).times(factor).plus(rest))
        || symbols.containsKey(symbol) && !plain) {
      return;
    }
    String length = root.size("Gather", List.of(root.size("Shape", List.of(input)), root.longs(List.of((long) axis))));
    symbols.put(symbol, plain ? length : root.size("Div", List.of(
        root.size("Sub", List.of(length, root.longs(List.of(rest)))), root.longs(List.of(factor)))));
  }

  /** A tensor with one axis and these numbers; {@code counters}: the symbols that count the steps of loops around. */
  String vector(OnnxGraph at, List<Dim> dims, Map<String, String> counters) {
    if (dims.stream().allMatch(Dim::isConstant)) {
      return root.longs(dims.stream().map(Dim::constant).toList());
    }
    boolean inside = dims.stream().anyMatch(d -> d.symbols().stream().anyMatch(counters::containsKey));
    List<String> parts = dims.stream().map(d -> one(at, d, counters)).toList();
    Attribute axis = Attribute.of("axis", 0);
    return inside ? at.node("Concat", parts, axis) : root.size("Concat", parts, axis);
  }

  /** A tensor with one axis of length 1. */
  String one(OnnxGraph at, Dim dim, Map<String, String> counters) {
    if (dim.isConstant()) {
      return root.longs(List.of(dim.constant()));
    }
    boolean inside = dim.symbols().stream().anyMatch(counters::containsKey);
    if (inside) {
      return dim.fold(new Words(at, counters, true));
    }
    String name = known.get(dim);
    if (name == null) {
      name = dim.fold(new Words(root, counters, false));
      known.put(dim, name);
    }
    return name;
  }

  /** A polynomial as nodes. */
  private final class Words implements Dim.Folder<String> {
    private final OnnxGraph at;
    private final Map<String, String> counters;
    private final boolean inside;

    Words(OnnxGraph at, Map<String, String> counters, boolean inside) {
      this.at = at;
      this.counters = counters;
      this.inside = inside;
    }

    private String node(String op, String left, String right) {
      List<String> from = List.of(left, right);
      return inside ? at.node(op, from) : at.size(op, from);
    }

    @Override
    public String constant(long value) {
      return root.longs(List.of(value));
    }

    @Override
    public String plus(String left, String right) {
      return node("Add", left, right);
    }

    @Override
    public String times(String left, String right) {
      return node("Mul", left, right);
    }

    @Override
    public String atom(Atom atom) {
      return switch (atom) {
        case Atom.Symbol(String name) -> {
          String found = counters.getOrDefault(name, symbols.get(name));
          if (found == null) {
            throw new NotInOnnx("the open dim " + name + " follows from no input by itself", null);
          }
          yield found;
        }
        case Atom.Quotient(Dim n, Dim d) -> floorDivided(one(at, n, counters), one(at, d, counters));
        case Atom.Remainder(Dim n, Dim d) -> node("Mod", one(at, n, counters), one(at, d, counters));
        case Atom.Minimum(Dim l, Dim r) -> node("Min", one(at, l, counters), one(at, r, counters));
        case Atom.Maximum(Dim l, Dim r) -> node("Max", one(at, l, counters), one(at, r, counters));
      };
    }

    /** ONNX divides towards zero; its remainder has the sign of the divisor. */
    private String floorDivided(String n, String d) {
      return node("Div", node("Sub", n, node("Mod", n, d)), d);
    }
  }
}
