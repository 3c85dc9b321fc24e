package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Slot;
import org.dlm.compiler.loop.Statement;
import org.dlm.compiler.loop.Step;
import org.dlm.compiler.loop.Store;
import org.dlm.compiler.loop.Substitution;
import org.dlm.compiler.loop.Types;
import org.dlm.compiler.loop.Update;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.shape.DType;

/**
 * Turns an optimizer's update rule into one kernel: first the reductions, each a pass over the tensor, then one pass
 * that reads every number and writes parameters and states. Nothing is kept in memory between them; what depends on
 * scalars only is taken out and computed once a call.
 */
public final class FuseUpdate {
  private final Graph rule;
  private final Map<String, Integer> slotByPath = new LinkedHashMap<>();
  private final Map<Value, Integer> registers = new LinkedHashMap<>();
  private final List<Slot> slots = new ArrayList<>();
  private final List<Buffer> buffers = new ArrayList<>();
  private final List<Statement> reductions = new ArrayList<>();
  private final Map<Expr, String> scalars = new LinkedHashMap<>();
  private final Set<String> taken = new HashSet<>();

  private FuseUpdate(Graph rule, Set<String> taken) {
    this.rule = rule;
    taken.forEach(name -> this.taken.add(Names.camel(name)));
  }

  /** What kernels call the part of the parameters that they update. */
  private static final Set<String> STRETCH = Set.of("from", "to");

  /** @param names of hyper-parameters, states and whatever else a scalar must not be called */
  public static Update of(Graph rule, Set<String> names) {
    return new FuseUpdate(rule, names).run();
  }

  private Update run() {
    Value updated = rule.results().getFirst().value();
    Axis axis = new Axis("i", updated.shape().dim(0));
    List<Store> stores = new ArrayList<>();
    stores.add(store(rule.inputs().getFirst(), updated, axis));
    rule.updates().forEach(u -> stores.add(store(u.path(), u.value(), axis)));
    boolean whole = !reductions.isEmpty();
    List<Statement> body = new ArrayList<>(reductions);
    body.add(new Statement.Each(whole ? List.of(axis) : List.of(), stores));
    Kernel kernel = new Kernel(rule.name(), slots, whole ? List.of() : List.of(axis), body, false);
    Map<String, Expr> numbers = new LinkedHashMap<>();
    scalars.forEach((expr, name) -> numbers.put(name, expr));
    return new Update(new Step.Loops(new Note(rule.name(), null), kernel, null, buffers), numbers, whole);
  }

  private Store store(Value target, Value value, Axis axis) {
    int slot = slot(((Given) target.op()).path(), place(target), value);
    return new Store(slot, List.of(Index.of(axis)), lifted(element(value, List.of(Index.of(axis)))), false);
  }

  private Store store(String state, Value value, Axis axis) {
    Expr element = lifted(element(value, List.of(Index.of(axis))));
    return new Store(slot(state, new Place.State(state), value), List.of(Index.of(axis)), element, false);
  }

  private int slot(String path, Place place, Value like) {
    return slotByPath.computeIfAbsent(path, p -> {
      slots.add(Slot.tensor(Names.camel(path), like.type().element(), like.shape()));
      buffers.add(new Buffer(buffers.size(), path, like.type().element(), like.shape(), place));
      return slots.size() - 1;
    });
  }

  private Place place(Value given) {
    Given op = (Given) given.op();
    return op.kind() == Given.Kind.INPUT ? new Place.Argument(rule.inputs().indexOf(given))
        : new Place.State(op.path());
  }

  /** An element of a value over slots; whatever leads to it is put in. */
  private Expr element(Value value, List<Index> at) {
    return switch (value.op().lower(value)) {
      case Lowering.Given g -> new Expr.Element(slot(((Given) value.op()).path(), place(value), value),
          value.type().element(), at, false);
      case Lowering.SameMemory s -> element(value.input(0),
          Indices.reshaped(at, value.shape(), value.input(0).shape()));
      case Lowering.Map(List<Axis> axes, Expr element) -> {
        Map<Axis, Index> actual = new LinkedHashMap<>();
        for (int i = 0; i < axes.size(); i++) {
          actual.put(axes.get(i), at.get(i));
        }
        yield new Substitution(a -> actual.getOrDefault(a, Index.of(a)), e -> element(value.input(e.operand()), e.at()))
            .apply(element);
      }
      case Lowering.Reduce reduce -> new Expr.Element(register(value, reduce), value.type().element(), List.of(),
          false);
      default -> throw unsuitable(value);
    };
  }

  /** Whoever elaborates an optimizer has refused these, with their place in the source. */
  private static IllegalArgumentException unsuitable(Value value) {
    return new IllegalArgumentException(value.op() + " in an update rule");
  }

  private int register(Value value, Lowering.Reduce reduce) {
    Integer known = registers.get(value);
    if (known != null) {
      return known;
    }
    Expr element = lifted(Substitution.ofElements(e -> element(value.input(e.operand()), e.at()))
        .apply(reduce.element()));
    slots.add(Slot.register(value.op().name().split(" ", 2)[0] + "Value", value.type().element()));
    int register = slots.size() - 1;
    reductions.add(new Statement.Reduce(register, reduce.combiner(), reduce.over(), element));
    registers.put(value, register);
    return register;
  }

  // ------------------------------------------------------------------------------------------------ scalars

  /** The largest parts that depend on scalars only become scalars of the kernel. */
  private Expr lifted(Expr expr) {
    if (ofScalars(expr) && !(expr instanceof Expr.Constant)) {
      return new Expr.Scalar(Types.of(expr), scalars.computeIfAbsent(expr, this::fresh));
    }
    return switch (expr) {
      case Expr.Call(var function, List<Expr> args) ->
          new Expr.Call(function, args.stream().map(this::lifted).toList());
      case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
          new Expr.Select(lifted(condition), lifted(then), lifted(otherwise));
      case Expr.Cast(DType type, Expr value) -> new Expr.Cast(type, lifted(value));
      default -> expr;
    };
  }

  private static boolean ofScalars(Expr expr) {
    return switch (expr) {
      case Expr.Constant c -> true;
      case Expr.Scalar s -> true;
      case Expr.Call c -> c.args().stream().allMatch(FuseUpdate::ofScalars);
      case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
          ofScalars(condition) && ofScalars(then) && ofScalars(otherwise);
      case Expr.Cast c -> ofScalars(c.value());
      case Expr.Element e -> false;
      case Expr.Size s -> false;
      case Expr.Position p -> false;
      case Expr.Random r -> false;
    };
  }

  private String fresh(Expr expr) {
    if (expr instanceof Expr.Scalar s) {
      String name = Names.camel(s.name());
      return STRETCH.contains(name) ? name + "Value" : name;
    }
    String wanted = switch (expr) {
      case Expr.Call c -> c.function().name() + "Value";
      case Expr.Select s -> "chosen";
      default -> "value";
    };
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + i;
    }
    return name;
  }
}
