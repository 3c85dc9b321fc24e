package org.dlm.compiler.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.dlm.compiler.loop.Accesses;
import org.dlm.compiler.loop.Affine;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Substitution;
import org.dlm.compiler.shape.Shape;

/**
 * Makes loops long: tensors whose every access is a sum become one-dimensional, axes of extent 1 go, and neighbouring
 * axes that no access tells apart become one.
 */
final class Flatten {
  private final Set<Integer> flat = new HashSet<>();
  private Kernel kernel;

  /** Only axes of one group are merged; axes that are in none are in the same. */
  private final Map<Axis, Integer> groups = new HashMap<>();

  private Flatten(Kernel kernel) {
    this.kernel = kernel;
  }

  static Kernel of(Kernel kernel) {
    return of(kernel, List.of()).kernel;
  }

  /** A kernel and how many outer axes each group of them has. */
  record Groups(Kernel kernel, List<Integer> sizes) {}

  /** As {@link #of(Kernel)}, but keeps the given groups of axes apart. */
  static Groups of(Kernel kernel, List<List<Axis>> apart) {
    Flatten flatten = new Flatten(kernel);
    for (int i = 0; i < apart.size(); i++) {
      for (Axis axis : apart.get(i)) {
        flatten.groups.put(axis, i);
      }
    }
    flatten.dropUnitAxes();
    flatten.dropGuards();
    flatten.flattenSlots();
    while (flatten.mergeOnce()) {
      // Each round merges one pair of axes.
    }
    List<Integer> sizes = new ArrayList<>();
    for (int i = 0; i < apart.size(); i++) {
      int group = i;
      sizes.add((int) flatten.kernel.outer().stream().filter(a -> flatten.groups.getOrDefault(a, -1) == group).count());
    }
    return new Groups(flatten.kernel, sizes);
  }

  private void dropUnitAxes() {
    Set<Axis> unit = new HashSet<>();
    allAxisLists().forEach(list -> list.stream().filter(a -> a.extent().is(1)).forEach(unit::add));
    if (!unit.isEmpty()) {
      rewrite(Substitution.ofAxes(a -> unit.contains(a) ? Index.fixed(0) : Index.of(a)),
          list -> list.stream().filter(a -> !unit.contains(a)).toList());
    }
  }

  private List<List<Axis>> allAxisLists() {
    List<List<Axis>> lists = new ArrayList<>();
    lists.add(kernel.outer());
    for (Statement statement : kernel.body()) {
      switch (statement) {
        case Statement.Reduce r -> lists.add(r.over());
        case Statement.Each e -> lists.add(e.axes());
        case Statement.Running r -> { }
      }
    }
    return lists;
  }

  /** No guard where an element surely lies inside. */
  private void dropGuards() {
    Kernel before = kernel;
    rewrite(Substitution.ofElements(e -> e.guarded() && isInside(before.slots().get(e.operand()).shape(), e.at())
        ? new Expr.Element(e.operand(), e.type(), e.at(), false) : e), list -> list);
  }

  private static boolean isInside(Shape shape, List<Index> at) {
    return IntStream.range(0, at.size()).allMatch(i -> Indices.surelyInside(at.get(i), shape.dim(i)));
  }

  private void flattenSlots() {
    Set<Integer> other = new HashSet<>();
    for (Accesses.Access access : Accesses.of(kernel.body(), kernel.slots()).accesses()) {
      Shape shape = kernel.slots().get(access.slot()).shape();
      if (access.guarded() || Affine.of(access.at(), shape).isEmpty()) {
        other.add(access.slot());
      } else {
        flat.add(access.slot());
      }
    }
    flat.removeAll(other);
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < kernel.slots().size(); i++) {
      Slot slot = kernel.slots().get(i);
      slots.add(flat.contains(i) ? Slot.tensor(slot.name(), slot.type(), Shape.of(slot.shape().size())) : slot);
    }
    Kernel before = kernel;
    Substitution substitution = Substitution.ofElements(e -> flat.contains(e.operand())
        ? new Expr.Element(e.operand(), e.type(), linear(before, e.operand(), e.at()), false) : e);
    rewrite(substitution, list -> list);
    List<Statement> body = kernel.body().stream().map(s -> switch (s) {
      case Statement.Reduce r -> r;
      case Statement.Each(var axes, var stores) -> (Statement) new Statement.Each(axes, stores.stream()
          .map(w -> flat.contains(w.operand())
              ? new Store(w.operand(), linear(before, w.operand(), w.at()), w.value(), w.add()) : w).toList());
      case Statement.Running(var along, var combiner, var element, int operand, var at) -> new Statement.Running(
          along, combiner, element, operand, flat.contains(operand) ? linear(before, operand, at) : at);
    }).toList();
    kernel = new Kernel(kernel.name(), slots, kernel.outer(), body, kernel.serial());
  }

  private static List<Index> linear(Kernel before, int slot, List<Index> at) {
    return List.of(Indices.toIndex(Affine.of(at, before.slots().get(slot).shape()).orElseThrow()));
  }

  private boolean mergeOnce() {
    Accesses accesses = Accesses.of(kernel.body(), kernel.slots());
    Set<Axis> pinned = new HashSet<>();
    accesses.others().forEach(i -> pinned.addAll(Indices.axes(i)));
    List<Affine> places = new ArrayList<>();
    for (Accesses.Access access : accesses.accesses()) {
      if (flat.contains(access.slot())) {
        places.add(Affine.of(access.at().getFirst()).orElseThrow());
      } else {
        access.at().forEach(i -> pinned.addAll(Indices.axes(i)));
      }
    }
    kernel.body().forEach(s -> {
      if (s instanceof Statement.Running r) {
        pinned.add(r.along());
      }
    });
    for (List<Axis> axes : allAxisLists()) {
      for (int i = 0; i + 1 < axes.size(); i++) {
        Axis outer = axes.get(i);
        Axis inner = axes.get(i + 1);
        boolean together = groups.getOrDefault(outer, -1).equals(groups.getOrDefault(inner, -1))
            && !pinned.contains(outer) && !pinned.contains(inner)
            && places.stream().allMatch(p -> p.factor(outer).equals(p.factor(inner).times(inner.extent())));
        if (together) {
          merge(outer, inner);
          return true;
        }
      }
    }
    return false;
  }

  private void merge(Axis outer, Axis inner) {
    Axis both = new Axis(outer.name() + inner.name(), outer.extent().times(inner.extent()));
    if (groups.containsKey(outer)) {
      groups.put(both, groups.get(outer));
    }
    // In sums the outer axis moves exactly as the whole extent of the inner one, so that it may stand for 0 there.
    rewrite(Substitution.ofAxes(a -> a.equals(outer) ? Index.fixed(0) : a.equals(inner) ? Index.of(both) : Index.of(a)),
        list -> {
          int at = list.indexOf(outer);
          if (at < 0) {
            return list;
          }
          List<Axis> changed = new ArrayList<>(list);
          changed.remove(at + 1);
          changed.set(at, both);
          return changed;
        });
  }

  private void rewrite(Substitution substitution, java.util.function.UnaryOperator<List<Axis>> axes) {
    List<Statement> body = kernel.body().stream().map(s -> switch (s) {
      case Statement.Reduce(int register, var combiner, var over, var element) ->
          (Statement) new Statement.Reduce(register, combiner, axes.apply(over), substitution.apply(element));
      case Statement.Each(var own, var stores) -> new Statement.Each(axes.apply(own), stores.stream()
          .map(w -> new Store(w.operand(), substitution.all(w.at()), substitution.apply(w.value()), w.add())).toList());
      case Statement.Running(var along, var combiner, var element, int operand, var at) ->
          new Statement.Running(along, combiner, substitution.apply(element), operand, substitution.all(at));
    }).toList();
    kernel = new Kernel(kernel.name(), kernel.slots(), axes.apply(kernel.outer()), body, kernel.serial());
  }
}
