package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Axis;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.loop.Index;
import org.dlm.compiler.loop.Indices;

/**
 * Decides which values are kept in memory and which are computed where they are read. Walks the graph from its results
 * back, so that when a value's turn comes it is known how often, and by whom, its elements are asked for.
 */
final class Uses {
  /** Expressions larger than this are cut by keeping a part in memory. */
  private static final int LARGEST_EXPRESSION = 160;

  /** A function so expensive is computed in a loop of its own, in lanes, before a window slides over it. */
  private static final double WORTH_LANES = 10;

  /** What follows from where it is alone, such as a causal mask, costs no more than reading it. */
  private static final double CHEAP = 4;

  private final Graph graph;
  private final Map<Value, Lowering> lowerings;
  private final Set<Value> stored = new HashSet<>();
  private final Set<Value> live = new HashSet<>();

  /** Values that some loop reads through a window, which it cannot do in lanes. */
  private final Set<Value> windowed = new HashSet<>();

  /** For each value the kept values whose loops read it, with how many elements each of them asks for. */
  private final Map<Value, Map<Value, Double>> readers = new HashMap<>();

  Uses(LaidOut laidOut, Map<Value, Lowering> lowerings) {
    graph = laidOut.graph();
    this.lowerings = lowerings;
    for (Graph.Result result : graph.results()) {
      if (!result.name().startsWith(Places.GRADIENT) || !isZero(result.value())) {
        require(result.value());
      }
    }
    for (Graph.Update update : graph.updates()) {
      require(update.value());
    }
    laidOut.stores().forEach(this::require);
    laidOut.loops().forEach(this::keepWhatEnters);
    for (Value value : graph.values().reversed()) {
      if (live.contains(value)) {
        decide(value);
      }
    }
    limitSizes();
  }

  /** What a step reads of the values before the loop is computed before the loop. */
  private void keepWhatEnters(LaidOut.Loop loop) {
    Set<Value> inside = new HashSet<>(graph.values().subList(loop.from(), loop.to()));
    for (Value value : inside) {
      for (Value input : value.inputs()) {
        if (!inside.contains(input)) {
          keep(input);
        }
      }
    }
  }

  /** Keeps the value in memory, or what it is a plain view or rows of; constants need none. */
  private void keep(Value value) {
    Value base = value;
    while (lowerings.get(base) instanceof Lowering.Map(var axes, Expr.Element e) && !e.guarded() && isRead(e)) {
      live.add(base);
      Value view = base;
      e.at().forEach(i -> Indices.lookups(i).forEach(l -> keep(view.input(((Expr.Element) l.value()).operand()))));
      base = base.input(e.operand());
    }
    if (!(lowerings.get(base) instanceof Lowering.Map(var axes, Expr element) && Costs.isConstant(element))) {
      require(base);
    }
  }

  /** Whether each step may as well read the element itself: a plain view, or rows whose numbers lie in memory. */
  private static boolean isRead(Expr.Element e) {
    return isAffine(e) || !e.at().isEmpty() && isSimple(e.at().getLast())
        && e.at().stream().allMatch(i -> isSimple(i)
            || i instanceof Index.Loaded(Expr.Element ids, var extent, var lookup) && !ids.guarded() && isAffine(ids));
  }

  /** Surely 0 everywhere: a gradient that need not be computed. */
  boolean isZero(Value value) {
    return switch (lowerings.get(value)) {
      case Lowering.Map(var axes, Expr.Constant c) -> c.value() == 0;
      case Lowering.Map(var axes, Expr.Element e) -> isZero(value.input(e.operand()));
      case Lowering.SameMemory s -> isZero(value.input(0));
      default -> false;
    };
  }

  /** Whether the value is needed for any result. */
  boolean live(Value value) {
    return live.contains(value);
  }

  /** Whether the value has memory of its own. */
  boolean stored(Value value) {
    return stored.contains(value);
  }

  /** Whether the value can be read from memory: its own, the caller's, or that of a value it shares memory with. */
  boolean readable(Value value) {
    return switch (lowerings.get(value)) {
      case Lowering.Given g -> true;
      case Lowering.SameMemory s -> readable(value.input(0));
      case Lowering.Map m -> stored.contains(value);
      case Lowering.Reduce r -> true;
      case Lowering.Scatter s -> true;
      case Lowering.Running r -> true;
      case Lowering.Room r -> true;
      case Lowering.Put p -> true;
      case Lowering.Repeat r -> throw new IllegalStateException();
      case Lowering.Part p -> throw new IllegalStateException();
    };
  }

  private void require(Value value) {
    live.add(value);
    switch (lowerings.get(value)) {
      case Lowering.Given g -> { }
      case Lowering.SameMemory s -> require(value.input(0));
      case Lowering.Map m -> stored.add(value);
      case Lowering.Reduce r -> stored.add(value);
      case Lowering.Scatter s -> stored.add(value);
      case Lowering.Running r -> stored.add(value);
      case Lowering.Room r -> stored.add(value);
      case Lowering.Put p -> stored.add(value);
      case Lowering.Repeat r -> throw new IllegalStateException();
      case Lowering.Part p -> throw new IllegalStateException();
    }
  }

  private void decide(Value value) {
    switch (lowerings.get(value)) {
      case Lowering.Given g -> { }
      case Lowering.SameMemory s -> sameMemory(value);
      case Lowering.Map(List<Axis> axes, Expr element) -> {
        if (!stored.contains(value) && keepingPays(value, element)) {
          stored.add(value);
        }
        reads(value, axes, element);
      }
      case Lowering.Reduce reduce -> {
        stored.add(value);
        if (ContractionForm.operands(reduce).isPresent()) {
          contractionOperands(value, reduce);
        } else {
          reads(value, reduce.axes(), reduce.element());
        }
      }
      case Lowering.Scatter scatter -> {
        stored.add(value);
        reads(value, scatter.axes(), scatter.element());
        scatter.target().forEach(i -> reads(value, scatter.axes(), new Expr.Position(i)));
      }
      case Lowering.Running running -> {
        stored.add(value);
        reads(value, running.axes(), running.element());
      }
      case Lowering.Room r -> stored.add(value);
      case Lowering.Put put -> {
        stored.add(value);
        require(value.input(0));
        reads(value, put.axes(), put.element());
      }
      case Lowering.Repeat r -> throw new IllegalStateException();
      case Lowering.Part p -> throw new IllegalStateException();
    }
  }

  private void sameMemory(Value value) {
    Value input = value.input(0);
    live.add(input);
    List<Index> at = new ArrayList<>();
    for (int i = 0; i < value.shape().rank(); i++) {
      at.add(Index.of(new Axis("r" + i, value.shape().dim(i))));
    }
    boolean simple = Indices.reshaped(at, value.shape(), input.shape()).stream().allMatch(Uses::isSimple);
    if (!simple) {
      require(input);
    } else {
      note(input, readers.getOrDefault(value, Map.of()), value.shape().equals(input.shape()));
    }
  }

  private static boolean isSimple(Index index) {
    return org.dlm.compiler.loop.Affine.of(index).isPresent();
  }

  /** Operands of a contraction are read from memory, seen through plain views. */
  private void contractionOperands(Value value, Lowering.Reduce reduce) {
    for (Value input : value.inputs()) {
      Value base = input;
      while (lowerings.get(base) instanceof Lowering.Map(var axes, Expr.Element e) && !e.guarded() && isAffine(e)) {
        live.add(base);
        base = base.input(e.operand());
      }
      require(base);
    }
  }

  private static boolean isAffine(Expr.Element e) {
    return e.at().stream().allMatch(Uses::isSimple);
  }

  private boolean keepingPays(Value value, Expr element) {
    double own = Costs.of(element);
    if (element instanceof Expr.Element e && !e.guarded() || Costs.isConstant(element)
        || fromPlaceAlone(value) <= CHEAP) {
      return false;
    }
    if (own >= WORTH_LANES && windowed.contains(value)) {
      return true;
    }
    double size = Costs.estimate(value.shape().size());
    double asked = readers.getOrDefault(value, Map.of()).values().stream().mapToDouble(d -> d).sum();
    return asked * own > size * (own + 1) + asked;
  }

  /** What the value costs where nothing is read for it; infinite where something is. */
  private double fromPlaceAlone(Value value) {
    if (!(lowerings.get(value) instanceof Lowering.Map(List<Axis> axes, Expr element)) || stored.contains(value)) {
      return Double.POSITIVE_INFINITY;
    }
    double cost = Costs.of(element);
    for (Expr.Element e : Costs.elements(element)) {
      cost += cost > CHEAP ? Double.POSITIVE_INFINITY : fromPlaceAlone(value.input(e.operand())) - 1;
    }
    return cost;
  }

  private void reads(Value value, List<Axis> axes, Expr element) {
    Map<Value, Double> asking = stored.contains(value)
        ? Map.of(value, Costs.points(lowerings.get(value))) : readers.getOrDefault(value, Map.of());
    List<Index> identity = Index.of(axes);
    for (Expr.Element e : Costs.elements(element)) {
      Value input = value.input(e.operand());
      live.add(input);
      if (e.guarded() || e.at().stream().anyMatch(i -> i instanceof Index.Loaded)) {
        require(input);
      }
      if (e.at().stream().anyMatch(i -> Indices.axes(i).size() > 1)) {
        windowed.add(input);
      }
      note(input, asking, e.at().equals(identity));
    }
  }

  private void note(Value input, Map<Value, Double> asking, boolean samePoint) {
    Map<Value, Double> known = readers.computeIfAbsent(input, k -> new LinkedHashMap<>());
    asking.forEach((reader, count) -> known.merge(reader, count, samePoint ? Math::max : Double::sum));
  }

  private void limitSizes() {
    Map<Value, Integer> sizes = new HashMap<>();
    for (Value value : graph.values()) {
      if (!live.contains(value) || readable(value)) {
        sizes.put(value, 1);
      } else if (lowerings.get(value) instanceof Lowering.Map(var axes, Expr element)) {
        int size = Costs.nodes(element);
        for (Expr.Element e : Costs.elements(element)) {
          size += sizes.get(value.input(e.operand()));
        }
        if (size > LARGEST_EXPRESSION) {
          stored.add(value);
          size = 1;
        }
        sizes.put(value, size);
      } else {
        sizes.put(value, sizes.get(value.input(0)));
      }
    }
  }
}
