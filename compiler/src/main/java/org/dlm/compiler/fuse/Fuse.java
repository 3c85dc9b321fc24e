package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Note;
import org.dlm.compiler.loop.Plan;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Substitution;
import org.dlm.compiler.shape.DType;

/**
 * Turns a graph into steps: loop nests into which views and pointwise work of their operands have been put, and
 * contractions. Steps come in the order of the graph.
 */
public final class Fuse {
  private final LaidOut laidOut;
  private final Graph graph;
  private final Map<Value, Lowering> lowerings = new HashMap<>();
  private final Map<Integer, Value> byId = new HashMap<>();
  private final Uses uses;
  private final Places places;
  private List<Step> steps = new ArrayList<>();

  /** Numbers of steps over which none of the later ones may move up. */
  private final SortedSet<Integer> fences = new TreeSet<>();

  private Fuse(Graph given) {
    laidOut = LaidOut.of(given);
    graph = laidOut.graph();
    for (Value value : graph.values()) {
      lowerings.put(value, value.op().lower(value));
      byId.put(value.id(), value);
    }
    uses = new Uses(laidOut, lowerings);
    places = new Places(graph, lowerings, uses);
  }

  /** The plan of a graph; its steps have no schedule and its buffers no lifetimes yet. */
  public static Plan of(Graph graph) {
    return new Fuse(graph).run();
  }

  private Plan run() {
    steps(0, graph.values().size(), laidOut.loops());
    places.copies().forEach(c -> steps.add(copy(c.from(), c.to())));
    List<Plan.Result> results = graph.results().stream()
        .filter(r -> places.isVisible(r))
        .map(r -> new Plan.Result(r.name(), r.value().type().element(), r.value().shape(), places.buffer(r.value())))
        .toList();
    return new Plan(places.all(), improved(results), results, List.of());
  }

  /** Steps merged with others, never across a fence. */
  private List<Step> improved(List<Plan.Result> results) {
    List<Step> all = new ArrayList<>();
    fences.add(steps.size());
    int from = 0;
    for (int to : fences) {
      List<Buffer> outside = new ArrayList<>(results.stream().map(Plan.Result::buffer).toList());
      steps.subList(0, from).forEach(s -> outside.addAll(s.buffers()));
      steps.subList(to, steps.size()).forEach(s -> outside.addAll(s.buffers()));
      List<Step> merged = MergeLoops.in(CutAtGuards.in(steps.subList(from, to)), outside);
      all.addAll(InPlace.in(FuseEnds.in(merged, outside), outside));
      from = to;
    }
    return all;
  }

  /** The steps of a range of values; {@code loops} are those inside of it, outer ones first. */
  private void steps(int from, int to, List<LaidOut.Loop> loops) {
    int i = from;
    while (i < to) {
      int at = i;
      Optional<LaidOut.Loop> loop = loops.stream().filter(l -> l.from() == at).findFirst();
      if (loop.isPresent()) {
        steps.add(repeat(loop.get(), loops));
        i = loop.get().to();
      } else {
        Value value = graph.values().get(i++);
        if (value.op().fence() && from == 0 && to == graph.values().size()) {
          fences.add(steps.size());
        }
        if (uses.live(value) && uses.stored(value)) {
          step(value);
        }
      }
    }
  }

  private Step repeat(LaidOut.Loop loop, List<LaidOut.Loop> loops) {
    List<Step> outside = steps;
    steps = new ArrayList<>();
    steps(loop.from(), loop.to(), loops.stream().filter(l -> l != loop && loop.holds(l.from())).toList());
    Step repeat = new Step.Repeat(new Note("for each step", loop.origin().span()), loop.counter(), loop.extent(),
        loop.backwards(), steps);
    steps = outside;
    return repeat;
  }

  private void step(Value value) {
    switch (lowerings.get(value)) {
      case Lowering.Given g -> { }
      case Lowering.SameMemory s -> { }
      case Lowering.Map(List<Axis> axes, Expr element) -> {
        Body body = new Body(value);
        Expr expr = body.read(value, element);
        loops(body, axes, List.of(each(body, axes, expr)), false);
      }
      case Lowering.Reduce reduce -> reduce(value, reduce);
      case Lowering.Scatter scatter -> {
        fill(value);
        Body body = new Body(value);
        Expr expr = body.read(value, scatter.element());
        List<Index> target = scatter.target().stream().map(i -> body.read(value, i)).toList();
        Store store = new Store(body.slot(value), target, expr, true);
        loops(body, List.of(), List.of(new Statement.Each(scatter.axes(), List.of(store))), true);
      }
      case Lowering.Room r -> { }
      case Lowering.Put(List<Axis> axes, List<Index> at, Expr element) -> {
        Body body = new Body(value);
        Expr expr = body.read(value, element);
        Store store = new Store(body.slot(value), at, expr, false);
        loops(body, axes, List.of(new Statement.Each(List.of(), List.of(store))), false);
      }
      case Lowering.Repeat r -> throw new IllegalStateException();
      case Lowering.Part p -> throw new IllegalStateException();
      case Lowering.Running(List<Axis> axes, Axis along, var combiner, Expr element) -> {
        Body body = new Body(value);
        Expr expr = body.read(value, element);
        List<Axis> outer = axes.stream().filter(a -> !a.equals(along)).toList();
        loops(body, outer,
            List.of(new Statement.Running(along, combiner, expr, body.slot(value), Index.of(axes))), false);
      }
    }
  }

  private void reduce(Value value, Lowering.Reduce reduce) {
    Optional<Step> contraction = contraction(value, reduce);
    if (contraction.isPresent()) {
      steps.add(contraction.get());
      return;
    }
    Body body = new Body(value);
    Expr expr = body.read(value, reduce.element());
    int register = body.register(value.type().element());
    Expr total = new Expr.Element(register, value.type().element(), List.of(), false);
    loops(body, reduce.axes(), List.of(new Statement.Reduce(register, reduce.combiner(), reduce.over(), expr),
        new Statement.Each(List.of(), List.of(new Store(body.slot(value), Index.of(reduce.axes()), total, false)))),
        false);
  }

  private Optional<Step> contraction(Value value, Lowering.Reduce reduce) {
    return ContractionForm.operands(reduce).flatMap(pair -> {
      Expr a = inlined(value, pair.get(0));
      Expr b = inlined(value, pair.get(1));
      return a instanceof Expr.Element left && b instanceof Expr.Element right
          ? ContractionForm.of(reduce, value.shape(), left, right, e -> byId.get(e.operand()).shape())
          : Optional.empty();
    }).map(form -> new Step.Contract(note(value, List.of(value)), places.name(value), form.contraction(),
        List.of(places.buffer(byId.get(form.left().operand())), places.buffer(byId.get(form.right().operand())),
            places.buffer(value)), form.leftOffset(), form.rightOffset(), Optional.empty(),
            Step.Kept.NOTHING));
  }

  private static Statement each(Body body, List<Axis> axes, Expr expr) {
    return new Statement.Each(List.of(), List.of(new Store(body.slot(body.root), Index.of(axes), expr, false)));
  }

  private void loops(Body body, List<Axis> outer, List<Statement> statements, boolean serial) {
    Kernel kernel = new Kernel(places.name(body.root), body.slots, outer, statements, serial);
    steps.add(new Step.Loops(note(body.root, body.fused), kernel, null, body.buffers));
  }

  private void fill(Value value) {
    Body body = new Body(value);
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < value.shape().rank(); i++) {
      axes.add(new Axis("i" + i, value.shape().dim(i)));
    }
    Expr zero = new Expr.Constant(value.type().element(), 0);
    loops(body, axes, List.of(each(body, axes, zero)), false);
  }

  private Step copy(Buffer from, Buffer to) {
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < to.shape().rank(); i++) {
      axes.add(new Axis("i" + i, to.shape().dim(i)));
    }
    List<Slot> slots = List.of(Slot.tensor("from", from.type(), to.shape()), Slot.tensor("to", to.type(), to.shape()));
    Expr element = new Expr.Element(0, from.type(), Index.of(axes), false);
    Statement body = new Statement.Each(List.of(), List.of(new Store(1, Index.of(axes), element, false)));
    return new Step.Loops(new Note("copy", null), new Kernel("copy", slots, axes, List.of(body), false), null,
        List.of(from, to));
  }

  private Note note(Value root, List<Value> fused) {
    String ops = String.join(", ", fused.stream().map(v -> v.op().name()).distinct().toList());
    return new Note(ops + " " + root.type(), root.origin().span());
  }

  /** An element of a value, as elements of values in memory; operands are value ids. */
  private Expr element(Value value, List<Index> at, List<Value> fused) {
    if (uses.readable(value)) {
      return new Expr.Element(value.id(), value.type().element(), at, false);
    }
    if (lowerings.get(value) instanceof Lowering.Map(List<Axis> axes, Expr element)) {
      if (!fused.contains(value)) {
        fused.add(value);
      }
      Map<Axis, Index> actual = new LinkedHashMap<>();
      for (int i = 0; i < axes.size(); i++) {
        actual.put(axes.get(i), at.get(i));
      }
      return new Substitution(a -> actual.getOrDefault(a, Index.of(a)), e -> operand(value, e, fused)).apply(element);
    }
    Value input = value.input(0);
    return element(input, Indices.reshaped(at, value.shape(), input.shape()), fused);
  }

  private Expr operand(Value value, Expr.Element e, List<Value> fused) {
    Expr expr = element(value.input(e.operand()), e.at(), fused);
    return e.guarded() && expr instanceof Expr.Element(int id, DType type, List<Index> at, boolean g)
        ? new Expr.Element(id, type, at, true) : expr;
  }

  private Expr inlined(Value value, Expr expr) {
    return Substitution.ofElements(e -> operand(value, e, new ArrayList<>())).apply(expr);
  }

  /** Collects the slots of one kernel. */
  private final class Body {
    private final Value root;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Buffer> buffers = new ArrayList<>();
    private final List<Value> fused = new ArrayList<>();
    private final Map<Value, Integer> known = new HashMap<>();

    Body(Value root) {
      this.root = root;
    }

    /** The root's element with everything that is not in memory put in, over slots. */
    Expr read(Value value, Expr element) {
      List<Value> producers = new ArrayList<>();
      Expr expr = Substitution.ofElements(e -> operand(value, e, producers)).apply(element);
      producers.reversed().forEach(v -> {
        if (!fused.contains(v)) {
          fused.add(v);
        }
      });
      if (!fused.contains(value)) {
        fused.add(value);
      }
      return Substitution.ofElements(
          e -> new Expr.Element(slot(byId.get(e.operand())), e.type(), e.at(), e.guarded())).apply(expr);
    }

    Index read(Value value, Index index) {
      return ((Expr.Position) read(value, new Expr.Position(index))).index();
    }

    int slot(Value value) {
      return known.computeIfAbsent(value, v -> {
        slots.add(Slot.tensor(places.name(v), v.type().element(), v.shape()));
        buffers.add(places.buffer(v));
        return slots.size() - 1;
      });
    }

    int register(DType type) {
      slots.add(Slot.register("total", type));
      return slots.size() - 1;
    }
  }
}
