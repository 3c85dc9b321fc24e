package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.dlm.compiler.loop.Accesses;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Substitution;

/**
 * Lets what one loop nest alone needs lie where the result goes that is made of it, element by element: the steps of a
 * softmax then go over one row of memory instead of one row each, which all go through the caches.
 */
final class InPlace {
  private final Step.Loops step;
  private final Kernel kernel;
  private final Set<Integer> elsewhere;

  private InPlace(Step.Loops step, Set<Integer> elsewhere) {
    this.step = step;
    this.kernel = step.kernel();
    this.elsewhere = elsewhere;
  }

  /** {@code outside}: what is needed by others than these steps. */
  static List<Step> in(List<Step> steps, List<Buffer> outside) {
    Map<Integer, List<Integer>> users = new HashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      for (int id : steps.get(i).buffers().stream().map(Buffer::id).distinct().toList()) {
        users.computeIfAbsent(id, k -> new ArrayList<>()).add(i);
      }
    }
    Set<Integer> needed = outside.stream().map(Buffer::id).collect(Collectors.toSet());
    Set<Integer> elsewhere = users.entrySet().stream().filter(e -> e.getValue().size() > 1).map(Map.Entry::getKey)
        .collect(Collectors.toCollection(HashSet::new));
    elsewhere.addAll(needed);
    List<Step> changed = new ArrayList<>(steps);
    for (int i = 0; i < steps.size(); i++) {
      if (changed.get(i) instanceof Step.Loops loops) {
        changed.set(i, all(loops, elsewhere));
        handOn(changed, i, users, needed);
      }
    }
    return changed;
  }

  /** Lets what one earlier step computes for this one alone lie where this one puts what it makes of it. */
  private static void handOn(List<Step> steps, int at, Map<Integer, List<Integer>> users, Set<Integer> needed) {
    Step.Loops step = (Step.Loops) steps.get(at);
    for (Buffer given : step.buffers()) {
      List<Integer> both = users.get(given.id());
      if (given.place() instanceof Place.Arena && both.size() == 2 && both.getLast() == at
          && !needed.contains(given.id()) && !(steps.get(both.getFirst()) instanceof Step.Repeat)) {
        for (Buffer target : step.buffers()) {
          Optional<Step.Loops> changed = target.place() instanceof Place.Arena && target.id() != given.id()
              && users.get(target.id()).getFirst() == at && target.type() == given.type()
              && target.shape().equals(given.shape()) ? new InPlace(step, Set.of()).over(given, target)
              : Optional.empty();
          if (changed.isPresent()) {
            int from = both.getFirst();
            steps.set(from, steps.get(from).on(steps.get(from).buffers().stream()
                .map(b -> b.id() == given.id() ? target : b).toList()));
            steps.set(at, changed.get());
            users.get(target.id()).addFirst(from);
            return;
          }
        }
      }
    }
  }

  /** The step with {@code target} for {@code given}, which it only reads, if it may write the one over the other. */
  private Optional<Step.Loops> over(Buffer given, Buffer target) {
    int slot = slotOf(given);
    int into = slotOf(target);
    if (kernel.serial() || kernel.writes(slot)
        || kernel.body().stream().anyMatch(s -> s instanceof Statement.Running)) {
      return Optional.empty();
    }
    int last = touches(slot).getLast();
    boolean alone = kernel.body().size() == 1;
    if (!(kernel.body().get(last) instanceof Statement.Each(List<Axis> axes, List<Store> stores))
        || axes.isEmpty() && !alone) {
      return Optional.empty();
    }
    return stores.stream().filter(w -> w.operand() == into).filter(w -> isLikeIt(slot, w, last))
        .findFirst().map(w -> with(slot, into));
  }

  private int slotOf(Buffer buffer) {
    return IntStream.range(0, kernel.slots().size())
        .filter(i -> !kernel.slots().get(i).register() && buffer(i).id() == buffer.id()).findFirst().orElseThrow();
  }

  private static Step.Loops all(Step.Loops loops, Set<Integer> elsewhere) {
    Step.Loops now = loops;
    for (Optional<Step.Loops> next = Optional.of(now); next.isPresent(); next = new InPlace(now, elsewhere).once()) {
      now = next.get();
    }
    return now;
  }

  /** One tensor fewer, where that is possible. */
  private Optional<Step.Loops> once() {
    if (kernel.serial() || kernel.body().stream().anyMatch(s -> s instanceof Statement.Running)) {
      return Optional.empty();
    }
    for (int last = 1; last < kernel.body().size(); last++) {
      if (kernel.body().get(last) instanceof Statement.Each(List<Axis> axes, List<Store> stores) && !axes.isEmpty()) {
        for (Store store : stores) {
          for (int slot = 0; slot < kernel.slots().size(); slot++) {
            if (slot != store.operand() && mayLieThere(slot, store, last)) {
              return Optional.of(with(slot, store.operand()));
            }
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean mayLieThere(int slot, Store store, int last) {
    return !kernel.slots().get(slot).register() && buffer(slot).place() instanceof Place.Arena
        && !elsewhere.contains(buffer(slot).id()) && touches(slot).getLast() == last && isWrittenBefore(slot, last)
        && isLikeIt(slot, store, last);
  }

  /** Whether the statement reads the slot only where it stores, and nobody has use for that memory before. */
  private boolean isLikeIt(int slot, Store store, int last) {
    Slot from = kernel.slots().get(slot);
    Slot to = kernel.slots().get(store.operand());
    if (from.type() != to.type() || !from.shape().equals(to.shape()) || store.add()) {
      return false;
    }
    Buffer buffer = buffer(slot);
    Buffer target = buffer(store.operand());
    return step.buffers().stream().filter(b -> MergeLoops.same(b, buffer)).count() == 1
        && step.buffers().stream().filter(b -> MergeLoops.same(b, target)).count() == 1
        && touches(store.operand()).getFirst() == last && accesses(store.operand(), last).size() == 1
        && accesses(slot, last).stream().allMatch(a -> isRead(a, store.at())) && everyPointHasItsOwn(slot, store);
  }

  private static boolean isRead(Accesses.Access access, List<Index> at) {
    return !access.write() && !access.guarded() && access.at().equals(at);
  }

  /** The statements that read or write the slot. */
  private List<Integer> touches(int slot) {
    return IntStream.range(0, kernel.body().size()).filter(i -> !accesses(slot, i).isEmpty()).boxed().toList();
  }

  private List<Accesses.Access> accesses(int slot, int statement) {
    return Accesses.of(List.of(kernel.body().get(statement)), kernel.slots()).accesses().stream()
        .filter(a -> a.slot() == slot).toList();
  }

  /** By statements that walk axes of their own: where there are none, numbers pass from one to the next unread. */
  private boolean isWrittenBefore(int slot, int last) {
    return touches(slot).getFirst() < last && touches(slot).stream().map(i -> kernel.body().get(i))
        .allMatch(s -> !(s instanceof Statement.Each each) || !each.axes().isEmpty()
            && each.stores().stream().noneMatch(Store::add));
  }

  /** Points of the outer loops, which may run at the same time, touch elements of their own only. */
  private boolean everyPointHasItsOwn(int slot, Store store) {
    List<Accesses.Access> all = IntStream.range(0, kernel.body().size()).boxed()
        .flatMap(i -> Stream.concat(accesses(slot, i).stream(), accesses(store.operand(), i).stream())).toList();
    return kernel.outer().stream().allMatch(axis -> IntStream.range(0, store.at().size())
        .anyMatch(d -> store.at().get(d).equals(Index.of(axis))
            && all.stream().allMatch(a -> !a.guarded() && a.at().get(d).equals(Index.of(axis)))));
  }

  private Buffer buffer(int slot) {
    return step.buffers().get(tensor(slot));
  }

  private int tensor(int slot) {
    return (int) kernel.slots().subList(0, slot).stream().filter(s -> !s.register()).count();
  }

  /** With {@code target} in place of {@code slot}. */
  private Step.Loops with(int slot, int target) {
    List<Slot> slots = new ArrayList<>(kernel.slots());
    List<Buffer> buffers = new ArrayList<>(step.buffers());
    buffers.remove(tensor(slot));
    slots.remove(slot);
    Substitution renumber = Substitution.ofElements(
        e -> new Expr.Element(number(e.operand(), slot, target), e.type(), e.at(), e.guarded()));
    List<Statement> body = kernel.body().stream().map(s -> switch (s) {
      case Statement.Reduce r -> (Statement) new Statement.Reduce(number(r.register(), slot, target), r.combiner(),
          r.over(), renumber.apply(r.element()));
      case Statement.Each e -> new Statement.Each(e.axes(), e.stores().stream()
          .map(w -> new Store(number(w.operand(), slot, target), w.at(), renumber.apply(w.value()), w.add())).toList());
      case Statement.Running r -> throw new IllegalStateException();
    }).toList();
    return new Step.Loops(step.note(), new Kernel(kernel.name(), slots, kernel.outer(), body, false), step.schedule(),
        buffers);
  }

  private static int number(int old, int gone, int target) {
    int now = old == gone ? target : old;
    return now > gone ? now - 1 : now;
  }
}
