package org.dlm.compiler.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * Holds a graph to its promises: order, types, and that each op's meaning fits its type. A problem found here is a
 * defect of a pass.
 */
public final class Verify {
  private final List<String> problems = new ArrayList<>();
  private final Set<Value> known = new HashSet<>();

  private Verify() {}

  /** Throws with all problems in the message if there are any. */
  public static void check(Graph graph) {
    List<String> problems = problems(graph);
    if (!problems.isEmpty()) {
      throw new IllegalStateException("graph " + graph.name() + ": " + String.join("; ", problems) + "\n"
          + Print.graph(graph));
    }
  }

  public static List<String> problems(Graph graph) {
    Verify verify = new Verify();
    int last = -1;
    for (Value value : graph.values()) {
      verify.require(value.id() > last, value, "is out of order");
      last = value.id();
      verify.value(value);
    }
    graph.inputs().forEach(v -> verify.require(verify.known.contains(v), v, "is an input, but not among the values"));
    graph.results().forEach(r -> verify.require(verify.known.contains(r.value()), r.value(),
        "is a result, but not among the values"));
    graph.updates().forEach(u -> verify.require(verify.known.contains(u.value()), u.value(),
        "is an update, but not among the values"));
    return verify.problems;
  }

  private void require(boolean holds, Value value, String what) {
    if (!holds) {
      problems.add(value + " = " + Print.call(value) + " " + what);
    }
  }

  private void value(Value value) {
    value.inputs().forEach(input -> require(known.contains(input), value, "uses " + input + " before it is made"));
    require(value.op().infer(value.inputs()).equals(value.type()), value, "has type " + value.type() + ", its op says "
        + value.op().infer(value.inputs()));
    switch (value.op().lower(value)) {
      case Lowering.Given given -> require(value.inputs().isEmpty(), value, "is given, but has inputs");
      case Lowering.SameMemory same -> require(value.shape().size().equals(value.input(0).shape().size())
          && value.type().element() == value.input(0).type().element(), value, "is not the same memory as its input");
      case Lowering.Map(List<Axis> axes, Expr element) -> nest(value, axes, List.of(), element);
      case Lowering.Reduce(List<Axis> axes, List<Axis> over, var combiner, Expr element) ->
          nest(value, axes, over, element);
      case Lowering.Running(List<Axis> axes, Axis along, var combiner, Expr element) -> {
        require(axes.contains(along), value, "runs along no axis of its own");
        nest(value, axes, List.of(), element);
      }
      case Lowering.Scatter(List<Axis> axes, List<Index> target, Expr element) -> {
        require(target.size() == value.shape().rank(), value, "scatters to " + target.size() + " axes");
        names(value, axes, List.of());
        element(value, element);
        target.forEach(i -> index(value, i));
      }
      case Lowering.Repeat repeat -> repeat(value, repeat);
      case Lowering.Part part ->
          require(value.input(0).op() instanceof ManyResults, value, "is a part of a single result");
      case Lowering.Room room -> { }
      case Lowering.Put(List<Axis> axes, List<Index> at, Expr element) -> {
        require(at.size() == value.shape().rank(), value, "puts at " + at.size() + " indices");
        names(value, axes, List.of());
        element(value, element);
        at.forEach(i -> index(value, i));
      }
    }
    known.add(value);
  }

  private void repeat(Value value, Lowering.Repeat repeat) {
    Graph body = repeat.body();
    problems(body).forEach(p -> require(false, value, "has a body in which " + p));
    require(body.inputs().size() == value.inputs().size(), value,
        "has a body with " + body.inputs().size() + " inputs");
    for (int i = 0; i < value.inputs().size(); i++) {
      Shape given = value.input(i).shape();
      Shape step = body.inputs().get(i).shape();
      require(i < repeat.walked() ? given.equals(step.prepend(repeat.extent())) : given.equals(step), value,
          "gives " + given + " to a body that takes " + step);
    }
    for (int i = 0; i < repeat.carries(); i++) {
      require(body.results().get(i).value().type().equals(body.inputs().get(repeat.walked() + i).type()), value,
          "carries " + body.results().get(i).value().type() + " as " + body.inputs().get(repeat.walked() + i).type());
    }
  }

  private void nest(Value value, List<Axis> axes, List<Axis> over, Expr element) {
    List<Dim> extents = axes.stream().map(Axis::extent).toList();
    require(new Shape(extents).equals(value.shape()), value, "loops over " + extents);
    names(value, axes, over);
    element(value, element);
  }

  private void names(Value value, List<Axis> axes, List<Axis> over) {
    Set<String> names = new HashSet<>();
    Stream.concat(axes.stream(), over.stream())
        .forEach(a -> require(names.add(a.name()), value, "has two axes named " + a.name()));
  }

  private void element(Value value, Expr expr) {
    switch (expr) {
      case Expr.Constant c -> { }
      case Expr.Size s -> { }
      case Expr.Scalar s -> { }
      case Expr.Position(Index index) -> index(value, index);
      case Expr.Random(var distribution, var site, Index counter) -> index(value, counter);
      case Expr.Cast(var type, Expr inner) -> element(value, inner);
      case Expr.Call(var function, List<Expr> args) -> {
        require(args.size() == function.arity(), value, "calls " + function.name() + " with " + args.size()
            + " arguments");
        args.forEach(a -> element(value, a));
      }
      case Expr.Select(Expr condition, Expr then, Expr otherwise) -> {
        element(value, condition);
        element(value, then);
        element(value, otherwise);
      }
      case Expr.Element(int operand, var type, List<Index> at, boolean guarded) -> {
        if (operand >= value.inputs().size()) {
          require(false, value, "reads operand " + operand);
          return;
        }
        Value read = value.input(operand);
        require(at.size() == read.shape().rank(), value, "reads " + read.type() + " at " + at.size() + " indices");
        require(type == read.type().element(), value, "reads " + read.type() + " as " + type);
        at.forEach(i -> {
          require(guarded || !(i instanceof Index.Exactly), value,
              "has an exact quotient in an element that is not guarded");
          index(value, i);
        });
      }
    }
  }

  private void index(Value value, Index index) {
    switch (index) {
      case Index.Of of -> { }
      case Index.Fixed fixed -> { }
      case Index.Plus(Index left, Index right) -> {
        index(value, left);
        index(value, right);
      }
      case Index.Times(Index inner, Dim factor) -> index(value, inner);
      case Index.Divided(Index inner, Dim divisor) -> index(value, inner);
      case Index.Exactly(Index inner, Dim divisor) -> index(value, inner);
      case Index.Modulo(Index inner, Dim divisor) -> index(value, inner);
      case Index.Loaded(Expr loaded, var extent, var lookup) -> element(value, loaded);
    }
  }
}
