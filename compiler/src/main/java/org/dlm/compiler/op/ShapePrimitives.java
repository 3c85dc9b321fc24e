package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Combiner;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.shape.ShapeProblem;

/** Shapes, reductions, lookups and contractions as the language calls them. */
final class ShapePrimitives {
  private ShapePrimitives() {}

  static Value reshape(GraphBuilder g, List<Value> tensors, Attributes a) {
    Value x = tensors.getFirst();
    return new Operators(g).reshape(x, Reshape.solve(x.shape(), lengths(a, "shape")));
  }

  private static Shape shape(Attributes a) {
    return new Shape(lengths(a, "shape"));
  }

  /** Lengths of axes, none of them surely below 0. */
  private static List<Dim> lengths(Attributes a, String name) {
    List<Dim> lengths = a.dims(name);
    for (Dim length : lengths) {
      if (Require.surelyAtLeast(length.times(-1), 1)) {
        throw new ShapeProblem(Code.E0301, -1, "an axis cannot be " + length + " long", null);
      }
    }
    return lengths;
  }

  static Value permute(GraphBuilder g, List<Value> tensors, Attributes a) {
    Value x = tensors.getFirst();
    List<Integer> order = a.integers("axes").stream().map(i -> Require.axis(i, x.shape().rank(), 0)).toList();
    return order.size() == x.shape().rank() ? new Operators(g).permute(x, order) : g.add(new Permute(order), x);
  }

  static Value transpose(GraphBuilder g, List<Value> tensors, Attributes a) {
    Value x = tensors.getFirst();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < x.shape().rank(); i++) {
      order.add(i);
    }
    Collections.swap(order, Require.axis(a.integer("first"), order.size(), 0),
        Require.axis(a.integer("second"), order.size(), 0));
    return new Operators(g).permute(x, order);
  }

  static Value broadcast(GraphBuilder g, List<Value> tensors, Attributes a) {
    return new Operators(g).broadcast(tensors.getFirst(), shape(a));
  }

  static Value flatten(GraphBuilder g, List<Value> tensors, Attributes a) {
    Value x = tensors.getFirst();
    int rank = x.shape().rank();
    int start = Require.axis(a.integer("start"), rank, 0);
    int end = Require.axis(a.integer("end"), rank, 0);
    if (start > end) {
      throw new ShapeProblem(Code.E0308, 0, "`flatten` from axis " + start + " to axis " + end, null);
    }
    List<Dim> dims = new ArrayList<>(x.shape().dims().subList(0, start));
    dims.add(new Shape(x.shape().dims().subList(start, end + 1)).size());
    dims.addAll(x.shape().dims().subList(end + 1, rank));
    return new Operators(g).reshape(x, new Shape(dims));
  }

  static Value unsqueeze(GraphBuilder g, List<Value> tensors, Attributes a) {
    Value x = tensors.getFirst();
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    dims.add(Require.axis(a.integer("axis"), dims.size() + 1, 0), Dim.ONE);
    return new Operators(g).reshape(x, new Shape(dims));
  }

  static Value squeeze(GraphBuilder g, List<Value> tensors, Attributes a) {
    Value x = tensors.getFirst();
    List<Dim> dims = new ArrayList<>(x.shape().dims());
    int axis = Require.axis(a.integer("axis"), dims.size(), 0);
    Require.equal(dims.remove(axis), Dim.ONE, Code.E0301, 0, "`squeeze` needs axis " + axis + " of " + x.type()
        + " to be 1 long", null);
    return new Operators(g).reshape(x, new Shape(dims));
  }

  /** Lists with one entry an axis; negative numbers count from the end, {@code _} as a stop is the end or length. */
  static Value slice(GraphBuilder g, List<Value> tensors, Attributes a) {
    Value x = tensors.getFirst();
    int rank = x.shape().rank();
    List<Dim> start = everyAxis(a.dims("start"), rank, "start");
    List<Dim> stop = everyAxis(a.has("stop") ? a.dims("stop") : List.of(Attributes.INFERRED), rank, "stop");
    List<Dim> length = everyAxis(a.has("length") ? lengths(a, "length") : List.of(Attributes.INFERRED), rank, "length");
    List<Long> step = everyAxis(a.has("step") ? a.integers("step") : List.of(1L), rank, "step");
    List<Dim> from = new ArrayList<>();
    List<Dim> to = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      if (step.get(i) < 1) {
        throw new ShapeProblem(Code.E0311, -1, "the step of a slice must be at least 1, not " + step.get(i),
            "use flip to go backwards");
      }
      from.add(fromEnd(start.get(i), x.shape().dim(i)));
      to.add(!length.get(i).equals(Attributes.INFERRED)
          ? from.get(i).plus(length.get(i).minus(1).times(step.get(i))).plus(1)
          : stop.get(i).equals(Attributes.INFERRED) ? x.shape().dim(i) : fromEnd(stop.get(i), x.shape().dim(i)));
    }
    return g.add(new Slice(from, to, step), x);
  }

  private static Dim fromEnd(Dim position, Dim dim) {
    return Require.surelyAtLeast(position.times(-1), 1) ? dim.plus(position) : position;
  }

  private static <T> List<T> everyAxis(List<T> given, int rank, String name) {
    if (given.size() != rank && given.size() != 1) {
      throw new ShapeProblem(Code.E0302, -1, "`" + name + "` needs one entry an axis (" + rank + "), not " + given,
          null);
    }
    return given.size() == rank ? given : Collections.nCopies(rank, given.getFirst());
  }

  static Value pad(GraphBuilder g, List<Value> tensors, Attributes a) {
    Value x = tensors.getFirst();
    int rank = x.shape().rank();
    List<Long> between = everyAxis(a.has("between") ? a.integers("between") : List.of(0L), rank, "between");
    if (between.stream().anyMatch(b -> b < 0)) {
      throw new ShapeProblem(Code.E0311, -1, "`between` must be at least 0, not " + between, null);
    }
    return g.add(new Pad(everyAxis(a.dims("low"), rank, "low"), everyAxis(a.dims("high"), rank, "high"), between,
        a.has("value") ? a.number("value") : 0), x);
  }

  static Value concat(GraphBuilder g, List<Value> tensors, Attributes a) {
    return g.add(new Concat(Require.axis(a.integer("axis"), tensors.getFirst().shape().rank(), 0)), tensors);
  }

  static Value stack(GraphBuilder g, List<Value> tensors, Attributes a) {
    for (int i = 1; i < tensors.size(); i++) {
      Require.sameShape(tensors.getFirst(), tensors.get(i), i, "`stack`");
    }
    List<Value> parts = tensors.stream().map(t -> unsqueeze(g, List.of(t), a)).toList();
    return g.add(new Concat(Require.axis(a.integer("axis"), parts.getFirst().shape().rank(), 0)), parts);
  }

  static Value flip(GraphBuilder g, List<Value> tensors, Attributes a) {
    return g.add(new Flip(Require.distinctAxes(a.integers("axes"), tensors.getFirst().shape().rank(), 0)),
        tensors.getFirst());
  }

  /** {@code rearrange(x, pattern, name = size, ...)}: every other attribute is a size. */
  static Value rearrange(GraphBuilder g, List<Value> tensors, Attributes a) {
    Map<String, Dim> sizes = new TreeMap<>();
    for (String name : a.values().keySet()) {
      if (!name.equals("pattern") && a.has(name)) {
        sizes.put(name, a.dim(name));
      }
    }
    return RearrangePattern.apply(g, tensors.getFirst(), a.text("pattern"), sizes);
  }

  static Value einsum(GraphBuilder g, List<Value> tensors, Attributes a) {
    return EinsumPattern.apply(g, tensors, a.text("pattern"));
  }

  /** {@code [..., M, K] @ [..., K, P]}; either may have no leading axes. */
  static Value matmul(GraphBuilder g, List<Value> tensors, Attributes a) {
    Value x = tensors.get(0);
    Value y = tensors.get(1);
    for (int i = 0; i < 2; i++) {
      Require.element(tensors.get(i), DType.F32, i, "`@`");
      Require.rankAtLeast(tensors.get(i), 2, i, "`@`");
    }
    Dim columns = x.shape().dim(x.shape().rank() - 1);
    Dim rows = y.shape().dim(y.shape().rank() - 2);
    Require.equal(columns, rows, Code.E0301, 1, x.type() + " @ " + y.type() + ": the left has " + columns
        + " columns, the right " + rows + " rows", null);
    int batch = Math.max(x.shape().rank(), y.shape().rank()) - 2;
    if (x.shape().rank() - 2 != batch && x.shape().rank() != 2 || y.shape().rank() - 2 != batch
        && y.shape().rank() != 2) {
      throw new ShapeProblem(Code.E0302, 1, x.type() + " @ " + y.type() + ": the leading axes differ", null);
    }
    String front = "abcdefghij".substring(0, batch);
    return g.add(new Einsum((x.shape().rank() == 2 ? "" : front) + "mk", (y.shape().rank() == 2 ? "" : front) + "kp",
        front + "mp"), x, y);
  }

  static Primitive reduce(Combiner combiner) {
    return (g, tensors, a) -> new Operators(g).reduce(combiner, tensors.getFirst(), axes(tensors.getFirst(), a),
        keep(a));
  }

  /** How many elements a reduction over the axes puts together, as a number. */
  static Value count(GraphBuilder g, List<Value> tensors, Attributes a) {
    Value x = tensors.getFirst();
    return new Operators(g).size(new Shape(axes(x, a).stream().map(x.shape()::dim).toList()).size());
  }

  private static boolean keep(Attributes a) {
    return a.has("keep") && a.flag("keep");
  }

  /** All axes where none are named. */
  private static List<Integer> axes(Value x, Attributes a) {
    int rank = x.shape().rank();
    if (a.has("axes")) {
      return Require.distinctAxes(a.integers("axes"), rank, 0);
    }
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      all.add(i);
    }
    return all;
  }

  static Primitive first(boolean smallest) {
    return (g, tensors, a) -> {
      Value x = tensors.getFirst();
      int axis = Require.axis(a.integer("axis"), x.shape().rank(), 0);
      Value best = g.add(new Reduce(smallest ? Combiner.MINIMUM : Combiner.MAXIMUM, List.of(axis), true), x);
      return g.add(new FirstAt(axis, smallest), x, best);
    };
  }

  static Value cumsum(GraphBuilder g, List<Value> tensors, Attributes a) {
    return g.add(new CumSum(Require.axis(a.integer("axis"), tensors.getFirst().shape().rank(), 0)), tensors.getFirst());
  }

  static Value iota(GraphBuilder g, List<Value> tensors, Attributes a) {
    Shape shape = shape(a);
    return g.add(new Iota(shape, Require.axis(a.integer("axis"), shape.rank(), -1)));
  }

  static Value full(GraphBuilder g, List<Value> tensors, Attributes a) {
    return new Operators(g).full(DType.F32, a.number("value"), shape(a));
  }

  static Value fullLike(GraphBuilder g, List<Value> tensors, Attributes a) {
    return new Operators(g).full(tensors.getFirst().type().element(), a.number("value"), tensors.getFirst().shape());
  }

  static Primitive random(Expr.Distribution distribution) {
    return (g, tensors, a) -> g.add(new Random(distribution, Random.nextSite(g), shape(a)));
  }

  static Primitive randomLike(Expr.Distribution distribution) {
    return (g, tensors, a) -> g.add(new Random(distribution, Random.nextSite(g), tensors.getFirst().shape()));
  }

  static Value scatterAdd(GraphBuilder g, List<Value> tensors, Attributes a) {
    return g.add(new ScatterAdd(lengths(a, "rows").getFirst()), tensors);
  }
}
