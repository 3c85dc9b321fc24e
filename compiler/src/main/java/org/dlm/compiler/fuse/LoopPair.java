package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.dlm.compiler.loop.Accesses;
import org.dlm.compiler.loop.Affine;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Note;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Substitution;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Shape;

/** Tries to make one loop nest of two that follow each other. */
final class LoopPair {
  /** Larger bodies run out of vector registers. */
  private static final int LARGEST_BODY = 120;

  private final Step.Loops one;
  private final Step.Loops two;
  private final Predicate<Buffer> neededOutside;
  private final List<Slot> slots = new ArrayList<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Integer> bufferOfSlot = new ArrayList<>();

  LoopPair(Step.Loops one, Step.Loops two, Predicate<Buffer> neededOutside) {
    this.one = one;
    this.two = two;
    this.neededOutside = neededOutside;
  }

  Optional<Step.Loops> merged() {
    Kernel a = withoutUnitAxes(one.kernel());
    Kernel b = withoutUnitAxes(two.kernel());
    if (a.serial() || b.serial() || size(a) + size(b) > LARGEST_BODY) {
      return Optional.empty();
    }
    int shared = sharedAxes(a, b);
    if (shared < 0) {
      return Optional.empty();
    }
    a = inside(a, shared, 0);
    b = inside(rename(b, a.outer()), shared, 1);
    List<Statement> first = onSlots(a, one.buffers());
    List<Statement> second = onSlots(b, two.buffers());
    if (!agree(first, second, a.outer())) {
      return Optional.empty();
    }
    List<Statement> body = joined(first, second);
    return Optional.of(cleaned(new Kernel(b.name(), slots, a.outer(), body, false)));
  }

  private static int size(Kernel kernel) {
    return kernel.body().stream().mapToInt(s -> switch (s) {
      case Statement.Reduce r -> Costs.nodes(r.element());
      case Statement.Each e -> e.stores().stream().mapToInt(w -> Costs.nodes(w.value())).sum();
      case Statement.Running r -> Costs.nodes(r.element());
    }).sum();
  }

  private static Kernel withoutUnitAxes(Kernel kernel) {
    Set<Axis> unit = new HashSet<>();
    kernel.outer().stream().filter(x -> x.extent().is(1)).forEach(unit::add);
    return unit.isEmpty() ? kernel : map(kernel, kernel.outer().stream().filter(x -> !unit.contains(x)).toList(),
        Substitution.ofAxes(x -> unit.contains(x) ? Index.fixed(0) : Index.of(x)));
  }

  private static Kernel map(Kernel kernel, List<Axis> outer, Substitution substitution) {
    List<Statement> body = kernel.body().stream().map(s -> mapped(s, substitution)).toList();
    return new Kernel(kernel.name(), kernel.slots(), outer, body, kernel.serial());
  }

  private static Statement mapped(Statement statement, Substitution s) {
    return switch (statement) {
      case Statement.Reduce(int register, var combiner, var over, var element) ->
          new Statement.Reduce(register, combiner, over, s.apply(element));
      case Statement.Each(var axes, var stores) -> new Statement.Each(axes, stores.stream()
          .map(w -> new Store(w.operand(), s.all(w.at()), s.apply(w.value()), w.add())).toList());
      case Statement.Running(var along, var combiner, var element, int operand, var at) ->
          new Statement.Running(along, combiner, s.apply(element), operand, s.all(at));
    };
  }

  /** How many outer axes the merged nest has, or -1. A nest of single stores can give up its inner axes. */
  private static int sharedAxes(Kernel a, Kernel b) {
    int prefix = 0;
    while (prefix < Math.min(a.outer().size(), b.outer().size())
        && a.outer().get(prefix).extent().equals(b.outer().get(prefix).extent())) {
      prefix++;
    }
    boolean all = prefix == a.outer().size() && prefix == b.outer().size();
    boolean aFits = prefix == a.outer().size() || canGiveUpAxes(a);
    boolean bFits = prefix == b.outer().size() || canGiveUpAxes(b);
    return aFits && bFits && (all || prefix > 0) && (all || hasReduce(a) || hasReduce(b)) ? prefix : -1;
  }

  private static boolean hasReduce(Kernel kernel) {
    return kernel.body().stream().anyMatch(s -> s instanceof Statement.Reduce);
  }

  private static boolean canGiveUpAxes(Kernel kernel) {
    return kernel.body().size() == 1 && kernel.body().getFirst() instanceof Statement.Each;
  }

  /**
   * Moves all but the first outer axes into the body; names of inner axes are made unique by the number of the nest.
   */
  private static Kernel inside(Kernel kernel, int shared, int number) {
    if (kernel.outer().size() == shared) {
      return kernel;
    }
    Statement.Each each = (Statement.Each) kernel.body().getFirst();
    List<Axis> axes = new ArrayList<>(kernel.outer().subList(shared, kernel.outer().size()));
    axes.addAll(each.axes());
    return new Kernel(kernel.name(), kernel.slots(), kernel.outer().subList(0, shared),
        List.of(new Statement.Each(axes, each.stores())), kernel.serial());
  }

  /** The kernel with its first outer axes called as in the other nest. */
  private static Kernel rename(Kernel kernel, List<Axis> names) {
    Map<Axis, Axis> renamed = new HashMap<>();
    List<Axis> outer = new ArrayList<>(kernel.outer());
    for (int i = 0; i < names.size(); i++) {
      // An inner axis of the same name would be mistaken for the outer one.
      Axis old = kernel.outer().get(i);
      renamed.put(old, names.get(i));
      outer.set(i, names.get(i));
    }
    Set<Axis> clashes = new HashSet<>(names);
    clashes.removeAll(renamed.keySet());
    Map<Axis, Axis> inner = new HashMap<>();
    clashes.forEach(c -> inner.put(c, new Axis(c.name() + "b", c.extent())));
    for (int i = names.size(); i < outer.size(); i++) {
      outer.set(i, inner.getOrDefault(outer.get(i), outer.get(i)));
    }
    Kernel changed = map(kernel, outer, Substitution.ofAxes(
        x -> Index.of(renamed.getOrDefault(x, inner.getOrDefault(x, x)))));
    List<Statement> body = changed.body().stream().map(s -> switch (s) {
      case Statement.Reduce(int register, var combiner, var over, var element) -> (Statement) new Statement.Reduce(
          register, combiner, over.stream().map(x -> inner.getOrDefault(x, x)).toList(), element);
      case Statement.Each(var axes, var stores) ->
          new Statement.Each(axes.stream().map(x -> inner.getOrDefault(x, x)).toList(), stores);
      case Statement.Running r ->
          new Statement.Running(inner.getOrDefault(r.along(), r.along()), r.combiner(), r.element(), r.operand(),
              r.at());
    }).toList();
    return new Kernel(changed.name(), changed.slots(), outer, body, changed.serial());
  }

  /** The body over the merged nest's slots; a tensor that both use has one slot. */
  private List<Statement> onSlots(Kernel kernel, List<Buffer> own) {
    Map<Integer, Integer> numbers = new HashMap<>();
    int tensor = 0;
    for (int i = 0; i < kernel.slots().size(); i++) {
      Slot slot = kernel.slots().get(i);
      Buffer buffer = slot.register() ? null : own.get(tensor++);
      int known = buffer == null ? -1 : known(slot, buffer);
      if (known < 0) {
        slots.add(slot);
        bufferOfSlot.add(buffer == null ? -1 : buffers.size());
        if (buffer != null) {
          buffers.add(buffer);
        }
        known = slots.size() - 1;
      }
      numbers.put(i, known);
    }
    Substitution substitution = Substitution.ofElements(
        e -> new Expr.Element(numbers.get(e.operand()), e.type(), e.at(), e.guarded()));
    return kernel.body().stream().map(s -> switch (mapped(s, substitution)) {
      case Statement.Reduce r ->
          (Statement) new Statement.Reduce(numbers.get(r.register()), r.combiner(), r.over(), r.element());
      case Statement.Each(var axes, var stores) -> new Statement.Each(axes, stores.stream()
          .map(w -> new Store(numbers.get(w.operand()), w.at(), w.value(), w.add())).toList());
      case Statement.Running r ->
          new Statement.Running(r.along(), r.combiner(), r.element(), numbers.get(r.operand()), r.at());
    }).toList();
  }

  private int known(Slot slot, Buffer buffer) {
    for (int i = 0; i < slots.size(); i++) {
      if (bufferOfSlot.get(i) >= 0 && slots.get(i).shape().equals(slot.shape())
          && MergeLoops.same(buffers.get(bufferOfSlot.get(i)), buffer)) {
        return i;
      }
    }
    return -1;
  }

  // ------------------------------------------------------------------------------------------------ order

  /** Whether everything the second body needs of the first was made at the same point of the outer axes. */
  private boolean agree(List<Statement> first, List<Statement> second, List<Axis> outer) {
    List<Accesses.Access> before = Accesses.of(first, slots).accesses();
    List<Accesses.Access> after = Accesses.of(second, slots).accesses();
    for (Accesses.Access a : before) {
      for (Accesses.Access b : after) {
        boolean same = MergeLoops.same(buffer(a.slot()), buffer(b.slot()));
        if (same && (a.write() || b.write()) && !Indices.differ(a.at(), b.at()) && !samePoint(a, b, outer)) {
          return false;
        }
      }
    }
    return true;
  }

  private Buffer buffer(int slot) {
    return buffers.get(bufferOfSlot.get(slot));
  }

  /** Both stay in a block of memory that belongs to one point of the outer axes, the same one. */
  private boolean samePoint(Accesses.Access a, Accesses.Access b, List<Axis> outer) {
    if (outer.isEmpty()) {
      return true;
    }
    Optional<Affine> left = a.guarded() ? Optional.empty() : Affine.of(a.at(), slots.get(a.slot()).shape());
    Optional<Affine> right = b.guarded() ? Optional.empty() : Affine.of(b.at(), slots.get(b.slot()).shape());
    if (left.isEmpty() || right.isEmpty()) {
      return false;
    }
    Dim block = left.get().factor(outer.getLast());
    Dim stride = block;
    for (Axis axis : outer.reversed()) {
      if (!left.get().factor(axis).equals(stride) || !right.get().factor(axis).equals(stride)) {
        return false;
      }
      stride = stride.times(axis.extent());
    }
    // Where both begin at the same offset, such as the place of a step, the blocks are counted from there.
    Dim start = left.get().constant().equals(right.get().constant()) ? left.get().constant() : Dim.ZERO;
    return staysIn(left.get(), start, outer, block) && staysIn(right.get(), start, outer, block);
  }

  private static boolean staysIn(Affine place, Dim start, List<Axis> outer, Dim block) {
    Map<Axis, Dim> rest = new HashMap<>(place.factors());
    outer.forEach(rest::remove);
    return new Affine(place.constant().minus(start), rest).isInside(block);
  }

  // ------------------------------------------------------------------------------------------------ joining

  /** The bodies one after the other; what the second reads right where the first stored it is not read back. */
  private List<Statement> joined(List<Statement> first, List<Statement> second) {
    List<Statement> body = new ArrayList<>(first);
    for (Statement statement : second) {
      Statement forwarded = forwardNumbers(statement, body);
      if (forwarded instanceof Statement.Each each && body.getLast() instanceof Statement.Each last) {
        Optional<Statement> together = together(last, each);
        if (together.isPresent()) {
          body.set(body.size() - 1, together.get());
          continue;
        }
      }
      body.add(forwarded);
    }
    return body;
  }

  /**
   * Reads of what an earlier statement stored once for the whole point, as what it stored, if that is just registers.
   */
  private Statement forwardNumbers(Statement statement, List<Statement> before) {
    return mapped(statement, Substitution.ofElements(e -> {
      for (Statement earlier : before) {
        if (earlier instanceof Statement.Each each && each.axes().isEmpty()) {
          for (Store store : each.stores()) {
            if (!slots.get(e.operand()).register() && isSamePlace(store, e) && Costs.elements(store.value()).stream()
                .allMatch(r -> slots.get(r.operand()).register()) && Costs.of(store.value()) <= 4) {
              return store.value();
            }
          }
        }
      }
      return e;
    }));
  }

  private boolean isSamePlace(Store store, Expr.Element e) {
    return !store.add() && MergeLoops.same(buffer(store.operand()), buffer(e.operand()))
        && placed(store.operand(), store.at()).isPresent()
        && placed(store.operand(), store.at()).equals(placed(e.operand(), e.at()));
  }

  private Optional<Affine> placed(int slot, List<Index> at) {
    Shape shape = slots.get(slot).shape();
    return Affine.of(at, shape);
  }

  /** Two walks over the same inner axes as one, if the second reads what the first stores only at the same place. */
  private Optional<Statement> together(Statement.Each first, Statement.Each second) {
    if (first.axes().size() != second.axes().size()) {
      return Optional.empty();
    }
    Map<Axis, Axis> renamed = new HashMap<>();
    for (int i = 0; i < first.axes().size(); i++) {
      if (!first.axes().get(i).extent().equals(second.axes().get(i).extent())) {
        return Optional.empty();
      }
      renamed.put(second.axes().get(i), first.axes().get(i));
    }
    Statement.Each walk = (Statement.Each) mapped(second,
        Substitution.ofAxes(x -> Index.of(renamed.getOrDefault(x, x))));
    Statement.Each forwarded = (Statement.Each) mapped(walk, Substitution.ofElements(e -> {
      for (Store store : first.stores()) {
        if (!slots.get(e.operand()).register() && isSamePlace(store, e)) {
          return store.value();
        }
      }
      return e;
    }));
    boolean stillReads = Accesses.of(List.of(forwarded), slots).accesses().stream().filter(a -> !a.write())
        .anyMatch(a -> first.stores().stream().anyMatch(
            s -> MergeLoops.same(buffer(s.operand()), buffer(a.slot())) && !Indices.differ(s.at(), a.at())));
    if (stillReads || first.stores().stream().anyMatch(Store::add) || second.stores().stream().anyMatch(Store::add)) {
      return Optional.empty();
    }
    List<Store> stores = new ArrayList<>(first.stores());
    stores.addAll(forwarded.stores());
    return Optional.of(new Statement.Each(first.axes(), stores));
  }

  // ------------------------------------------------------------------------------------------------ cleaning

  /** Without stores that nobody reads any more, and without the slots and registers that only they used. */
  private Step.Loops cleaned(Kernel kernel) {
    List<Statement> body = new ArrayList<>();
    List<Buffer> read = Accesses.of(kernel.body(), slots).accesses().stream().filter(a -> !a.write())
        .map(a -> buffer(a.slot())).toList();
    for (Statement statement : kernel.body()) {
      if (statement instanceof Statement.Each(var axes, var stores)) {
        List<Store> kept = stores.stream().filter(s -> neededOutside.test(buffer(s.operand()))
            || read.stream().anyMatch(b -> MergeLoops.same(b, buffer(s.operand())))).toList();
        if (!kept.isEmpty()) {
          body.add(new Statement.Each(axes, kept));
        }
      } else {
        body.add(statement);
      }
    }
    Set<Integer> used = new HashSet<>();
    for (Statement statement : body) {
      if (statement instanceof Statement.Reduce r) {
        used.add(r.register());
        Costs.elements(r.element()).forEach(e -> used.add(e.operand()));
      }
    }
    Accesses.of(body, slots).accesses().forEach(a -> used.add(a.slot()));
    body.forEach(s -> {
      if (s instanceof Statement.Each each) {
        each.stores().forEach(w -> Costs.elements(w.value()).forEach(e -> used.add(e.operand())));
      }
    });
    return renumbered(new Kernel(kernel.name(), slots, kernel.outer(), body, false), used);
  }

  private Step.Loops renumbered(Kernel kernel, Set<Integer> used) {
    Map<Integer, Integer> numbers = new HashMap<>();
    List<Slot> kept = new ArrayList<>();
    List<Buffer> keptBuffers = new ArrayList<>();
    for (int i = 0; i < slots.size(); i++) {
      if (used.contains(i)) {
        numbers.put(i, kept.size());
        Slot slot = slots.get(i);
        kept.add(slot);
        if (!slot.register()) {
          keptBuffers.add(buffer(i));
        }
      }
    }
    Substitution substitution = Substitution.ofElements(
        e -> new Expr.Element(numbers.get(e.operand()), e.type(), e.at(), e.guarded()));
    List<Statement> body = kernel.body().stream().map(s -> switch (mapped(s, substitution)) {
      case Statement.Reduce r ->
          (Statement) new Statement.Reduce(numbers.get(r.register()), r.combiner(), r.over(), r.element());
      case Statement.Each(var axes, var stores) -> new Statement.Each(axes, stores.stream()
          .map(w -> new Store(numbers.get(w.operand()), w.at(), w.value(), w.add())).toList());
      case Statement.Running r ->
          new Statement.Running(r.along(), r.combiner(), r.element(), numbers.get(r.operand()), r.at());
    }).toList();
    Note note = new Note(one.note().formula() + "; " + two.note().formula(),
        two.note().span() != null ? two.note().span() : one.note().span());
    return new Step.Loops(note, new Kernel(kernel.name(), kept, kernel.outer(), body, false), null, keptBuffers);
  }
}
