package org.dlm.compiler.rewrite;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.Broadcast;
import org.dlm.compiler.op.Cast;
import org.dlm.compiler.op.Concat;
import org.dlm.compiler.op.Einsum;
import org.dlm.compiler.op.Flip;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.Pad;
import org.dlm.compiler.op.Permute;
import org.dlm.compiler.op.Pointwise;
import org.dlm.compiler.op.Recast;
import org.dlm.compiler.op.Reduce;
import org.dlm.compiler.op.Reshape;
import org.dlm.compiler.op.Select;
import org.dlm.compiler.op.Slice;
import org.dlm.compiler.op.Stop;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/**
 * Computes for all steps of a loop at once what a value of its body is in one step: every tensor has the steps as a
 * first axis more.
 */
final class AllSteps {
  /** A value of the body seen from outside: the same in all steps, or all of them {@code stacked}. */
  record Seen(Value value, boolean stacked) {}

  private final GraphBuilder g;
  private final Operators o;
  private final Dim extent;

  AllSteps(GraphBuilder g, Dim extent) {
    this.g = g;
    this.extent = extent;
    o = new Operators(g);
  }

  /** Whether {@link #of} knows the op. */
  static boolean knows(Op op) {
    return switch (op) {
      case Pointwise p -> true;
      case Select s -> true;
      case Cast c -> true;
      case Stop s -> true;
      case Recast r -> true;
      case Reshape r -> true;
      case Permute p -> true;
      case Broadcast b -> true;
      case Reduce r -> true;
      case Slice s -> true;
      case Pad p -> true;
      case Flip f -> true;
      case Concat c -> true;
      case Einsum e -> letter(e) != 0;
      default -> false;
    };
  }

  /** The same numbers in other places: nothing to compute. */
  static boolean isView(Op op) {
    return switch (op) {
      case Broadcast b -> true;
      case Reshape r -> true;
      case Recast r -> true;
      case Permute p -> true;
      case Slice s -> true;
      case Stop s -> true;
      default -> false;
    };
  }

  /** What {@code value} is from outside when its inputs are that. */
  Seen of(Value value, List<Seen> inputs) {
    g.at(value.origin());
    if (inputs.stream().noneMatch(Seen::stacked)) {
      return new Seen(g.add(value.op(), inputs.stream().map(Seen::value).toList()), false);
    }
    Value first = inputs.getFirst().value();
    return new Seen(switch (value.op()) {
      case Pointwise p -> g.add(p, all(value, inputs));
      case Select s -> g.add(s, all(value, inputs));
      case Cast c -> g.add(c, first);
      case Stop s -> g.add(s, first);
      case Recast r -> g.add(new Recast(r.shape().prepend(extent)), first);
      case Reshape r -> o.reshape(first, r.shape().prepend(extent));
      case Permute p -> o.permute(first, axes(0, p.order()));
      case Broadcast b -> broadcast(first, value.input(0).shape(), b.shape());
      case Reduce r -> g.add(new Reduce(r.combiner(), axes(null, r.axes()), r.keep()), first);
      case Slice s -> g.add(new Slice(front(Dim.ZERO, s.start()), front(extent, s.stop()), front(1L, s.step())), first);
      case Pad p -> g.add(
          new Pad(front(Dim.ZERO, p.low()), front(Dim.ZERO, p.high()), front(0L, p.between()), p.value()), first);
      case Flip f -> g.add(new Flip(axes(null, f.axes())), first);
      case Concat c -> g.add(new Concat(c.axis() + 1), all(value, inputs));
      case Einsum e -> einsum(e, inputs);
      default -> throw new IllegalArgumentException(value.op() + " for all steps");
    }, true);
  }

  private List<Value> all(Value value, List<Seen> inputs) {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Value input = inputs.get(i).value();
      all.add(inputs.get(i).stacked() ? input : o.broadcast(input, value.input(i).shape().prepend(extent)));
    }
    return all;
  }

  private Value broadcast(Value stacked, Shape from, Shape to) {
    Shape aligned = from;
    while (aligned.rank() < to.rank()) {
      aligned = aligned.prepend(Dim.ONE);
    }
    return o.broadcast(o.reshape(stacked, aligned.prepend(extent)), to.prepend(extent));
  }

  private Value einsum(Einsum e, List<Seen> inputs) {
    String step = String.valueOf(letter(e));
    return g.add(new Einsum((inputs.get(0).stacked() ? step : "") + e.left(),
        (inputs.get(1).stacked() ? step : "") + e.right(), step + e.result()),
        inputs.stream().map(Seen::value).toList());
  }

  /** A letter for the steps, or 0 where all are taken. */
  private static char letter(Einsum e) {
    String taken = e.left() + e.right();
    for (char c : "tsuvwxyzabcdefghijklmnopqrABCDEFGHIJKLMNOPQRSTUVWXYZ".toCharArray()) {
      if (taken.indexOf(c) < 0) {
        return c;
      }
    }
    return 0;
  }

  /** The axes in the tensor with the steps in front. */
  private static List<Integer> axes(Integer steps, List<Integer> axes) {
    return Stream.concat(Stream.ofNullable(steps), axes.stream().map(a -> a + 1)).toList();
  }

  private static <T> List<T> front(T first, List<T> rest) {
    return Stream.concat(Stream.of(first), rest.stream()).toList();
  }
}
