package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.compiler.loop.Accesses;
import org.dlm.compiler.loop.Affine;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Contraction;
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
 * Gives a contraction the pointwise work on its result as its end, done block by block while the block is in the cache:
 * bias, activation, residual. Where nobody else reads the sums, they are not kept beside what is made of them.
 */
final class FuseEnds {
  private final Touches steps;

  private FuseEnds(Touches steps) {
    this.steps = steps;
  }

  /** {@code outside}: what is needed by others than these steps. */
  static List<Step> in(List<Step> steps, List<Buffer> outside) {
    Touches places = new Touches(MergeLoops.insides(steps, outside, FuseEnds::in), outside);
    FuseEnds fuse = new FuseEnds(places);
    for (int i = 0; i < places.places(); i++) {
      if (places.at(i) instanceof Step.Contract contract && contract.end().isEmpty()) {
        fuse.endOf(i, contract);
      }
    }
    return places.left();
  }

  private void endOf(int at, Step.Contract contract) {
    Buffer out = contract.buffers().get(2);
    for (int i = steps.nextUser(out, at); i != Touches.NONE; i = steps.nextUser(out, i)) {
      if (steps.at(i) instanceof Step.Loops loops && steps.mayPass(i, at, i)) {
        boolean needed = steps.isNeededBesides(out, at, i);
        Optional<Step.Contract> ended = ended(contract, loops, needed);
        if (ended.isPresent()) {
          steps.take(i);
          steps.take(at);
          steps.put(at, ended.get());
          return;
        }
      }
    }
  }

  /** {@code needed}: the sums are needed for something else, too. */
  private Optional<Step.Contract> ended(Step.Contract contract, Step.Loops loops, boolean needed) {
    Kernel kernel = loops.kernel();
    if (kernel.serial() || kernel.body().size() != 1
        || !(kernel.body().getFirst() instanceof Statement.Each(List<Axis> inner, List<Store> stores))
        || !inner.isEmpty()
        || stores.stream().anyMatch(Store::add)) {
      return Optional.empty();
    }
    Buffer out = contract.buffers().get(2);
    return places(kernel, loops.buffers(), out).flatMap(read -> axes(kernel, contract.contraction(), read))
        .map(names -> attach(contract, loops, names, stores, needed));
  }

  /** Where the loops read the result, if that is the same place everywhere. */
  private static Optional<Affine> places(Kernel kernel, List<Buffer> buffers, Buffer out) {
    List<Integer> tensors = tensorSlots(kernel);
    Affine place = null;
    for (Accesses.Access access : Accesses.of(kernel.body(), kernel.slots()).accesses()) {
      if (MergeLoops.same(buffers.get(tensors.indexOf(access.slot())), out)) {
        Optional<Affine> here = access.guarded() || access.write() ? Optional.empty()
            : Affine.of(access.at(), kernel.slots().get(access.slot()).shape());
        if (here.isEmpty() || place != null && !place.equals(here.get())) {
          return Optional.empty();
        }
        place = here.get();
      }
    }
    return Optional.ofNullable(place).filter(p -> p.constant().is(0));
  }

  private static List<Integer> tensorSlots(Kernel kernel) {
    List<Integer> tensors = new ArrayList<>();
    for (int i = 0; i < kernel.slots().size(); i++) {
      if (!kernel.slots().get(i).register()) {
        tensors.add(i);
      }
    }
    return tensors;
  }

  /** Which axis of the contraction each axis of the loops is, if they walk the result point by point. */
  private static Optional<Map<Axis, Axis>> axes(Kernel kernel, Contraction contraction, Affine read) {
    Map<Axis, Axis> names = new HashMap<>();
    List<Axis> walked = kernel.outer().stream().filter(a -> !a.extent().is(1)).toList();
    if (walked.size() != contraction.out().size() || contraction.column().isEmpty()) {
      return Optional.empty();
    }
    for (Axis axis : walked) {
      Dim factor = read.factor(axis);
      Optional<Axis> same = contraction.out().stream()
          .filter(s -> s.elements().equals(factor) && s.axis().extent().equals(axis.extent()))
          .map(Contraction.Term.Stride::axis)
          .findFirst();
      if (same.isEmpty() || names.containsValue(same.get())) {
        return Optional.empty();
      }
      names.put(axis, same.get());
    }
    return Optional.of(names);
  }

  private static Step.Contract attach(Step.Contract contract, Step.Loops loops, Map<Axis, Axis> names,
      List<Store> stores, boolean needed) {
    Contraction c = contract.contraction();
    List<Axis> outer = new ArrayList<>(c.batch());
    outer.addAll(c.row());
    outer.addAll(c.column());
    Substitution rename = Substitution.ofAxes(a -> a.extent().is(1) ? Index.fixed(0) : Index.of(names.get(a)));
    List<Store> renamed = stores.stream()
        .map(s -> new Store(s.operand(), rename.all(s.at()), rename.apply(s.value()), false)).toList();
    Kernel kernel = new Kernel(loops.kernel().name() + "End", loops.kernel().slots(), outer,
        List.of(new Statement.Each(List.of(), renamed)), false);
    List<Buffer> buffers = new ArrayList<>(contract.buffers());
    buffers.addAll(loops.buffers());
    Step.Contract ended = new Step.Contract(contract.note(), contract.name(), c, buffers, contract.leftOffset(),
        contract.rightOffset(),
        Optional.of(new Step.End(loops.note(), kernel, null, c.batch().size(), c.row().size())), contract.kept());
    return needed ? ended : inPlace(ended, contract, loops);
  }

  /** Lets the sums, which are needed for nothing else, lie where the end's result goes. */
  private static Step.Contract inPlace(Step.Contract ended, Step.Contract contract, Step.Loops loops) {
    Buffer out = contract.buffers().get(2);
    Kernel kernel = ended.end().orElseThrow().kernel();
    List<Integer> tensors = tensorSlots(kernel);
    Affine read = places(kernel, loops.buffers(), out).orElseThrow();
    for (Store store : ((Statement.Each) kernel.body().getFirst()).stores()) {
      Buffer target = loops.buffers().get(tensors.indexOf(store.operand()));
      Slot slot = kernel.slots().get(store.operand());
      boolean alone = loops.buffers().stream().filter(b -> MergeLoops.same(b, target)).count() == 1
          && contract.buffers().stream().noneMatch(b -> MergeLoops.same(b, target));
      if (alone && slot.type() == out.type() && Affine.of(store.at(), slot.shape()).filter(read::equals).isPresent()) {
        return ended(ended, kernel, tensors, out, target);
      }
    }
    return ended;
  }

  /** With {@code target} in place of {@code out}: the end reads the sums from the slot it writes. */
  private static Step.Contract ended(Step.Contract step, Kernel kernel, List<Integer> tensors, Buffer out,
      Buffer target) {
    List<Buffer> ends = step.buffers().subList(3, step.buffers().size());
    int written = -1;
    Map<Integer, Integer> numbers = new HashMap<>();
    List<Slot> slots = new ArrayList<>();
    List<Buffer> kept = new ArrayList<>(List.of(step.buffers().get(0), step.buffers().get(1), target));
    for (int i = 0; i < tensors.size(); i++) {
      if (!MergeLoops.same(ends.get(i), out)) {
        numbers.put(tensors.get(i), slots.size());
        written = MergeLoops.same(ends.get(i), target) ? slots.size() : written;
        slots.add(kernel.slots().get(tensors.get(i)));
        kept.add(ends.get(i));
      }
    }
    int sums = written;
    Statement.Each each = (Statement.Each) kernel.body().getFirst();
    Store own = each.stores().stream().filter(s -> numbers.get(s.operand()) == sums).findFirst().orElseThrow();
    Substitution substitution = Substitution.ofElements(e -> numbers.containsKey(e.operand())
        ? new Expr.Element(numbers.get(e.operand()), e.type(), e.at(), e.guarded())
        : new Expr.Element(sums, e.type(), own.at(), false));
    List<Store> stores = each.stores().stream().map(s -> new Store(numbers.get(s.operand()), s.at(),
        substitution.apply(s.value()), false)).toList();
    Kernel changed = new Kernel(kernel.name(), slots, kernel.outer(), List.of(new Statement.Each(List.of(), stores)),
        false);
    Step.End end = step.end().orElseThrow();
    return new Step.Contract(step.note(), step.name(), step.contraction(), kept, step.leftOffset(), step.rightOffset(),
        Optional.of(new Step.End(end.note(), changed, null, end.batchAxes(), end.rowAxes())), step.kept());
  }
}
