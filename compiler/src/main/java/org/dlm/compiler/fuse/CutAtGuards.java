package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.dlm.compiler.loop.Affine;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Substitution;
import org.dlm.compiler.shape.Dim;

/**
 * Takes loops apart where the elements they read begin or end, as in the gradient of a split, which is a sum of parts
 * padded with zeros: in between nothing is left to ask at each point. Parts of one length are done side by side, at the
 * same points as what made them.
 */
final class CutAtGuards {
  private static final int MOST_PARTS = 8;

  /** A border of padding is not worth a loop of its own. */
  private static final long SHORTEST_PART = 16;

  /** Parts of expressions in all stores together. */
  private static final int LARGEST_BODY = 120;

  private CutAtGuards() {}

  static List<Step> in(List<Step> steps) {
    return steps.stream().<Step>map(step -> switch (step) {
      case Step.Loops loops -> new Step.Loops(loops.note(), cut(loops.kernel()), loops.schedule(), loops.buffers());
      case Step.Contract contract -> contract;
      case Step.Repeat repeat -> repeat.with(in(repeat.steps()));
    }).toList();
  }

  private static Kernel cut(Kernel kernel) {
    if (kernel.serial() || kernel.body().size() != 1 || !(kernel.body().getFirst() instanceof Statement.Each each)
        || !each.axes().isEmpty() || each.stores().stream().anyMatch(Store::add)) {
      return kernel;
    }
    int size = each.stores().stream().mapToInt(s -> Costs.nodes(s.value())).sum();
    for (Axis axis : kernel.outer()) {
      List<Long> cuts = new ArrayList<>(cuts(kernel, each.stores(), axis));
      if (cuts.size() > 2 && cuts.size() - 1 <= MOST_PARTS && size * (cuts.size() - 1) <= LARGEST_BODY) {
        return parts(kernel, each, axis, cuts).orElse(kernel);
      }
    }
    return kernel;
  }

  /** Where along the axis the guarded elements begin and end, from 0 to the axis' extent. */
  private static TreeSet<Long> cuts(Kernel kernel, List<Store> stores, Axis axis) {
    TreeSet<Long> cuts = new TreeSet<>();
    if (!axis.extent().isConstant()) {
      return cuts;
    }
    long extent = axis.extent().constant();
    cuts.add(0L);
    cuts.add(extent);
    for (Store store : stores) {
      for (Expr.Element e : Costs.elements(store.value())) {
        if (e.guarded()) {
          Slot slot = kernel.slots().get(e.operand());
          for (int i = 0; i < e.at().size(); i++) {
            ends(e.at().get(i), slot.shape().dim(i), axis).forEach(end -> {
              if (end > 0 && end < extent) {
                cuts.add(end);
              }
            });
          }
        }
      }
    }
    return cuts;
  }

  /** The values of the axis at which an index that just moves with it enters and leaves {@code 0 .. size}. */
  private static Set<Long> ends(Index index, Dim size, Axis axis) {
    Optional<Affine> affine = Affine.of(index)
        .filter(a -> a.factors().equals(Map.of(axis, Dim.ONE)) && a.constant().isConstant() && size.isConstant());
    Set<Long> ends = new HashSet<>();
    affine.ifPresent(a -> {
      ends.add(-a.constant().constant());
      ends.add(size.constant() - a.constant().constant());
    });
    return ends;
  }

  private static Optional<Kernel> parts(Kernel kernel, Statement.Each each, Axis axis, List<Long> cuts) {
    Set<Long> lengths = new HashSet<>();
    for (int i = 1; i < cuts.size(); i++) {
      lengths.add(cuts.get(i) - cuts.get(i - 1));
    }
    int place = kernel.outer().indexOf(axis);
    boolean even = lengths.size() == 1;
    if (lengths.stream().anyMatch(l -> l < SHORTEST_PART) || !even && place == 0) {
      return Optional.empty();
    }
    List<Axis> outer = new ArrayList<>(even ? kernel.outer() : kernel.outer().subList(0, place));
    List<Store> together = new ArrayList<>();
    List<Statement> body = new ArrayList<>();
    for (int i = 1; i < cuts.size(); i++) {
      Axis part = new Axis(axis.name(), Dim.of(cuts.get(i) - cuts.get(i - 1)));
      List<Store> stores = part(kernel, each.stores(), axis, part, cuts.get(i - 1));
      if (even) {
        outer.set(place, part);
        together.addAll(stores);
      } else {
        List<Axis> axes = new ArrayList<>(kernel.outer().subList(place, kernel.outer().size()));
        axes.set(0, part);
        body.add(new Statement.Each(axes, stores));
      }
    }
    if (even) {
      body.add(new Statement.Each(List.of(), together));
    }
    return Optional.of(new Kernel(kernel.name(), kernel.slots(), outer, body, false));
  }

  /** The stores where the axis is {@code start} or more, as far as {@code part} goes. */
  private static List<Store> part(Kernel kernel, List<Store> stores, Axis axis, Axis part, long start) {
    Substitution substitution = new Substitution(
        a -> a.equals(axis) ? Index.of(part).plus(start) : Index.of(a), e -> known(e, kernel.slots().get(e.operand())));
    return stores.stream().map(s -> new Store(s.operand(), substitution.all(s.at()),
        withoutZeros(substitution.apply(s.value())), false)).toList();
  }

  /** The element without the question whether it is there, or 0, where that is known. */
  private static Expr known(Expr.Element e, Slot slot) {
    if (!e.guarded()) {
      return e;
    }
    boolean inside = true;
    for (int i = 0; i < e.at().size(); i++) {
      Optional<Affine> index = Affine.of(e.at().get(i));
      Affine size = Affine.constant(slot.shape().dim(i));
      if (index.isEmpty()) {
        inside = false;
      } else {
        Affine beyond = index.get().plus(size.times(Dim.of(-1)));
        Affine before = index.get().times(Dim.of(-1)).plus(Affine.constant(Dim.of(-1)));
        if (beyond.isNeverNegative() || before.isNeverNegative()) {
          return new Expr.Constant(e.type(), 0);
        }
        inside &= index.get().isInside(slot.shape().dim(i));
      }
    }
    return inside ? new Expr.Element(e.operand(), e.type(), e.at(), false) : e;
  }

  /** Sums without those parts that are 0. */
  private static Expr withoutZeros(Expr expr) {
    if (expr instanceof Expr.Call(var function, List<Expr> args) && function.name().equals("add")) {
      Expr left = withoutZeros(args.getFirst());
      Expr right = withoutZeros(args.getLast());
      return isZero(left) ? right : isZero(right) ? left : new Expr.Call(function, List.of(left, right));
    }
    return expr;
  }

  private static boolean isZero(Expr expr) {
    return expr instanceof Expr.Constant c && c.value() == 0;
  }
}
