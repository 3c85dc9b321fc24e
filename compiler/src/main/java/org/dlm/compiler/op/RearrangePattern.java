package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;

/**
 * The {@code rearrange} of the language: splits, reorders and joins axes as a pattern says; a reshape, a permute and a
 * reshape.
 */
final class RearrangePattern {
  private final Operators o;
  private final AxisPattern pattern;
  private final Map<String, Dim> sizes;

  private RearrangePattern(Operators o, AxisPattern pattern, Map<String, Dim> sizes) {
    this.o = o;
    this.pattern = pattern;
    this.sizes = sizes;
  }

  /** {@code sizes}: the lengths of named axes that are given. */
  static Value apply(GraphBuilder g, Value x, String text, Map<String, Dim> sizes) {
    AxisPattern pattern = AxisPattern.parse(text);
    if (pattern.inputs().size() != 1) {
      throw AxisPattern.problem(0, text.indexOf("->"), "`rearrange` takes one tensor", null);
    }
    for (String name : sizes.keySet()) {
      if (pattern.inputs().getFirst().stream().noneMatch(item -> item.names().contains(name))) {
        throw AxisPattern.problem(0, text.length(), "the length of `" + name + "` is given, but the pattern has no `"
            + name + "`", null);
      }
    }
    return new RearrangePattern(new Operators(g), pattern, new HashMap<>(sizes)).build(x);
  }

  private Value build(Value x) {
    List<String> split = new ArrayList<>();
    List<Dim> splitDims = new ArrayList<>();
    List<AxisPattern.Item> items = pattern.inputs().getFirst();
    int ellipsis = requireRank(items, x);
    int axis = 0;
    for (AxisPattern.Item item : items) {
      if (item.ellipsis()) {
        for (int k = 0; k < ellipsis; k++) {
          sizes.put("..." + k, x.shape().dim(axis));
          split.add("..." + k);
          splitDims.add(x.shape().dim(axis++));
        }
      } else {
        bind(item, x.shape().dim(axis++));
        for (String name : names(item)) {
          if (split.contains(name)) {
            throw AxisPattern.problem(item.from(), item.to(), "`" + name + "` occurs twice", null);
          }
          split.add(name);
          splitDims.add(sizes.get(name));
        }
      }
    }
    Value apart = o.reshape(x, new Shape(splitDims));
    List<String> order = new ArrayList<>();
    List<Dim> joined = new ArrayList<>();
    for (AxisPattern.Item item : pattern.result()) {
      addResult(item, ellipsis, split, order, joined);
    }
    requireAllUsed(items, order);
    return o.reshape(o.permute(apart, order.stream().map(split::indexOf).toList()), new Shape(joined));
  }

  private void addResult(AxisPattern.Item item, int ellipsis, List<String> split, List<String> order,
      List<Dim> joined) {
    if (item.ellipsis()) {
      for (int k = 0; k < ellipsis; k++) {
        order.add("..." + k);
        joined.add(sizes.get("..." + k));
      }
      return;
    }
    Dim product = Dim.ONE;
    for (String name : names(item)) {
      if (!split.contains(name)) {
        throw AxisPattern.problem(item.from(), item.to(), "`" + name + "` is in the result, but not in the input",
            null);
      }
      if (order.contains(name)) {
        throw AxisPattern.problem(item.from(), item.to(), "`" + name + "` occurs twice", null);
      }
      order.add(name);
      product = product.times(sizes.get(name));
    }
    joined.add(product);
  }

  private static List<String> names(AxisPattern.Item item) {
    return item.names().stream().filter(n -> !n.equals("1")).toList();
  }

  private int requireRank(List<AxisPattern.Item> items, Value x) {
    long open = items.stream().filter(AxisPattern.Item::ellipsis).count();
    int left = x.shape().rank() - items.size();
    if (open > 1 || (open == 0 ? left != 0 : left < -1)) {
      throw AxisPattern.problem(0, pattern.text().indexOf("->"),
          open > 1 ? "`...` occurs twice" : "these are " + Require.axes(items.size()) + ", but the tensor is "
              + x.type(), null);
    }
    return open == 0 ? 0 : left + 1;
  }

  /** Gives every name of an item its length; one unknown in a group is worked out. */
  private void bind(AxisPattern.Item item, Dim dim) {
    Dim known = Dim.ONE;
    String unknown = null;
    for (String name : names(item)) {
      if (sizes.containsKey(name)) {
        known = known.times(sizes.get(name));
      } else if (unknown == null) {
        unknown = name;
      } else {
        throw AxisPattern.problem(item.from(), item.to(), "the lengths of `" + unknown + "` and `" + name
            + "` are both unknown",
            "give one: rearrange(..., " + unknown + " = 8)");
      }
    }
    Dim factor = known;
    if (unknown != null) {
      sizes.put(unknown, dim.dividedBy(known).orElseThrow(() -> new ShapeProblem(Code.E0310, 0, "axis " + dim
          + " does not split into " + factor + " equal parts", null)));
    } else {
      Require.equal(dim, known, Code.E0301, 0, "`" + pattern.text().substring(item.from(), item.to()) + "` is " + known
          + " long by the pattern, but the axis is " + dim, null);
    }
  }

  private void requireAllUsed(List<AxisPattern.Item> items, List<String> order) {
    for (AxisPattern.Item item : items) {
      for (String name : item.ellipsis() ? List.<String>of() : names(item)) {
        if (!order.contains(name)) {
          throw AxisPattern.problem(item.from(), item.to(), "`" + name + "` is not in the result",
              "sum it away with einsum");
        }
      }
      if (item.ellipsis() && pattern.result().stream().noneMatch(AxisPattern.Item::ellipsis)) {
        throw AxisPattern.problem(item.from(), item.to(), "`...` is not in the result", null);
      }
    }
  }
}
