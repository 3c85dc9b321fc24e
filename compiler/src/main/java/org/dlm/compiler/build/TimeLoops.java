package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.Meaning;
import org.dlm.compiler.model.Scope;
import org.dlm.compiler.op.ScanStep;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Dim;
import org.dlm.compiler.shape.Facts;
import org.dlm.compiler.shape.Shape;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** {@code for ... along}: a loop at run time, of which one step is traced. */
final class TimeLoops {
  private final Elaboration elaboration;

  /** A tensor that is walked, with its axis in front. */
  private record Walk(Value stacked, int axis) {}

  /** A name of the function around that a step binds anew: what it meant, and the tensors of that. */
  private record Carry(String name, Meaning before, List<Value> firsts, List<Value> standIns) {}

  TimeLoops(Elaboration elaboration) {
    this.elaboration = elaboration;
  }

  /** The stacked yields, or nothing where the value of the loop is not wanted. */
  Optional<Meaning> run(Syntax.For loop, Scope scope, boolean valueWanted) {
    Trace trace = elaboration.trace(loop.span());
    List<Meaning> over = new ArrayList<>();
    loop.in().forEach(in -> over.add(elaboration.expressions.evaluate(in, scope)));
    List<Walk> walks = new ArrayList<>();
    for (int i = 0; i < over.size(); i++) {
      Span at = loop.in().get(i).span();
      leaves(over.get(i)).forEach(m -> walks.add(walk(m, loop, scope, at)));
    }
    if (walks.isEmpty()) {
      throw elaboration.fail(Code.E0603, loop.span(), "there is no tensor to walk", "the list is empty");
    }
    Dim extent = extent(walks, loop);
    List<Carry> carries = new ArrayList<>();
    carried(loop, scope).forEach((name, before) -> carries.add(carry(name, before, loop)));
    ScanStep step = new ScanStep(trace.graph);
    trace.at(elaboration.visible(loop.span()), trace.owner);
    Scope round = scope.ofStep();
    Iterator<Value> elements = walks.stream().map(w -> step.walk(w.stacked())).toList().iterator();
    elaboration.statements.targets(loop, over.stream().map(m -> with(m, elements)).toList(), round);
    for (Carry carry : carries) {
      carry.firsts().forEach(v -> carry.standIns().add(step.carry(v)));
      scope.assign(carry.name(), with(carry.before(), carry.standIns().iterator()));
    }
    List<Meaning> yields = valueWanted ? new ArrayList<>() : null;
    trace(loop, scope, round, carries, yields);
    List<Value> lasts = new ArrayList<>();
    carries.forEach(c -> lasts.addAll(after(c, scope, loop)));
    Meaning yielded = valueWanted ? yielded(yields, loop) : null;
    List<Value> tensors = new ArrayList<>();
    if (yielded != null) {
      leaves(yielded).forEach(m -> tensors.add(elaboration.tensors.tensor(m, DType.F32, loop.span())));
    }
    trace.at(elaboration.visible(loop.span()), trace.owner);
    List<Value> results = step.scan(walks.stream().map(Walk::stacked).toList(),
        carries.stream().flatMap(c -> c.firsts().stream()).toList(), lasts, tensors, extent, counter(trace));
    finish(carries, lasts, results, scope);
    if (yielded == null) {
      return Optional.empty();
    }
    Iterator<Value> stacked = results.subList(lasts.size(), results.size()).stream()
        .map(v -> unstack(v, walks.getFirst().axis(), loop.span())).iterator();
    return Optional.of(with(yielded, stacked));
  }

  /** Traces the body once. */
  private void trace(Syntax.For loop, Scope scope, Scope round, List<Carry> carries, List<Meaning> yields) {
    Trace trace = elaboration.trace();
    trace.loops.push(loop.span());
    Optional<Meaning> returned;
    try {
      returned = elaboration.statements.run(loop.body(), round, yields);
    } catch (Reported e) {
      carries.forEach(c -> scope.assign(c.name(), Meaning.POISON));
      throw e;
    } finally {
      trace.loops.pop();
    }
    if (returned.isPresent()) {
      throw elaboration.fail(Code.E0206, loop.span(), "`return` inside a loop over time",
          "all steps are done; the result is returned behind the loop");
    }
  }

  /** Loops inside of one another count with symbols of their own; no open dim is written like that. */
  private static String counter(Trace trace) {
    return trace.loops.isEmpty() ? "t" : "t" + (trace.loops.size() + 1);
  }

  // ------------------------------------------------------------------------------------------------ what is walked

  private Walk walk(Meaning over, Syntax.For loop, Scope scope, Span at) {
    if (!(over instanceof Meaning.Tensor(Value value))) {
      throw elaboration.fail(Code.E0603, at, "`along` walks an axis of a tensor", "this is " + over.kind());
    }
    int axis = axis(value, loop, scope, at);
    List<Integer> order = moved(axis, 0, value.shape().rank());
    return new Walk(axis == 0 ? value : elaboration.tensors.add(at, o -> o.permute(value, order)), axis);
  }

  private int axis(Value value, Syntax.For loop, Scope scope, Span at) {
    int rank = value.shape().rank();
    if (loop.along() instanceof Syntax.IntLit number) {
      if (number.value() >= rank) {
        throw elaboration.fail(Code.E0603, at, value.type() + " has no axis " + number.value(), rank == 0
            ? "it has no axes" : "its axes are 0 to " + (rank - 1));
      }
      return (int) number.value();
    }
    String name = loop.along().span().text();
    Meaning dim = elaboration.expressions.evaluate(loop.along(), scope);
    if (!(dim instanceof Meaning.Int(Dim length))) {
      throw elaboration.fail(Code.E0603, loop.along().span(),
          "`along` needs the name of a dim, or the number of an axis", "this is " + dim.kind());
    }
    List<Integer> axes = IntStream.range(0, rank).boxed()
        .filter(i -> elaboration.trace().facts.equal(value.shape().dim(i), length) == Facts.Answer.YES).toList();
    if (axes.size() != 1) {
      String numbers = axes.stream().map(String::valueOf).collect(Collectors.joining(" and "));
      throw elaboration.fail(elaboration.at(Code.E0603, at, axes.isEmpty()
          ? "no axis of " + value.type() + " is " + name + " long"
          : "axes " + numbers + " of " + value.type() + " are both " + name + " long")
          .label("which axis is walked?")
          .help("give the number of the axis: along " + (axes.isEmpty() ? 0 : axes.getLast())));
    }
    return axes.getFirst();
  }

  private Dim extent(List<Walk> walks, Syntax.For loop) {
    Dim extent = walks.getFirst().stacked().shape().dim(0);
    for (Walk walk : walks) {
      Dim other = walk.stacked().shape().dim(0);
      if (elaboration.trace().facts.equal(extent, other) != Facts.Answer.YES) {
        throw elaboration.fail(Code.E0603, loop.span(), "the walked axes differ in length", extent + " and " + other);
      }
    }
    return extent;
  }

  /** The order of axes that brings axis {@code from} to {@code to}. */
  private static List<Integer> moved(int from, int to, int rank) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, rank).boxed().filter(i -> i != from).toList());
    order.add(to, from);
    return order;
  }

  private Value unstack(Value stacked, int axis, Span at) {
    int rank = stacked.shape().rank();
    int to = Math.min(axis, rank - 1);
    return to == 0 ? stacked : elaboration.tensors.add(at, o -> o.permute(stacked, moved(0, to, rank)));
  }

  // ------------------------------------------------------------------------------------------------ what is carried

  /** The names of the function around that the body binds anew, in order, with what they mean before. */
  private static Map<String, Meaning> carried(Syntax.For loop, Scope scope) {
    Set<String> bound = new LinkedHashSet<>();
    bound(loop.body(), bound);
    loop.targets().forEach(t -> bound.remove(t.name()));
    Map<String, Meaning> carried = new LinkedHashMap<>();
    for (String name : bound) {
      Meaning before = scope.inFunction(name);
      if (before != null) {
        carried.put(name, before);
      }
    }
    return carried;
  }

  private static void bound(List<Syntax.Stmt> block, Set<String> names) {
    for (Syntax.Stmt statement : block) {
      switch (statement) {
        case Syntax.Bind b -> b.targets().forEach(t -> names.add(t.name()));
        case Syntax.If i -> {
          bound(i.then(), names);
          bound(i.otherwise(), names);
        }
        case Syntax.Loop l -> bound(l.loop().body(), names);
        case Syntax.Return r -> { }
        case Syntax.Yield y -> { }
        case Syntax.Require r -> { }
        case Syntax.Update u -> { }
      }
      if (statement instanceof Syntax.Bind(var span, var targets, var type, Syntax.For inner)) {
        bound(inner.body(), names);
      }
    }
  }

  /** A number that is carried becomes a tensor; what is neither is left alone, and must stay as it is. */
  private Carry carry(String name, Meaning before, Syntax.For loop) {
    List<Value> firsts = new ArrayList<>();
    for (Meaning leaf : leaves(before)) {
      if (leaf instanceof Meaning.Tensor || Arithmetic.isNumber(leaf)) {
        firsts.add(elaboration.tensors.tensor(leaf, DType.F32, loop.span()));
      }
    }
    return new Carry(name, before, firsts, new ArrayList<>());
  }

  /** The tensors of a carry after a step, which have the types they had before. */
  private List<Value> after(Carry carry, Scope scope, Syntax.For loop) {
    Meaning after = scope.inFunction(carry.name());
    List<Meaning> leaves = leaves(after);
    List<Meaning> before = leaves(carry.before());
    if (leaves.size() != before.size()) {
      throw elaboration.fail(changes(carry, loop, "its form", leaves.size() + " values", before.size() + ""));
    }
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < leaves.size(); i++) {
      boolean carried = before.get(i) instanceof Meaning.Tensor || Arithmetic.isNumber(before.get(i));
      if (!carried && !leaves.get(i).equals(before.get(i))) {
        throw elaboration.fail(elaboration.at(Code.E0601, place(carry.name(), loop), "`" + carry.name()
            + "` is known while compiling, so a loop over time cannot change it").label("bound anew in each step")
            .note("before the loop it is " + before.get(i).kind()));
      }
      if (carried) {
        values.add(sameType(carry, values.size(), leaves.get(i), loop));
      }
    }
    return values;
  }

  private Value sameType(Carry carry, int index, Meaning leaf, Syntax.For loop) {
    TensorType type = carry.firsts().get(index).type();
    if (!(leaf instanceof Meaning.Tensor) && !Arithmetic.isNumber(leaf)) {
      throw elaboration.fail(changes(carry, loop, "its kind", leaf.kind(), type.toString()));
    }
    Span at = place(carry.name(), loop);
    Value value = elaboration.tensors.tensor(leaf, type.element(), at);
    if (value.shape().rank() == 0 && !(leaf instanceof Meaning.Tensor)) {
      Value number = value;
      value = elaboration.tensors.add(at, o -> o.broadcast(number, type.shape()));
    }
    if (value.type().element() != type.element()) {
      throw elaboration.fail(changes(carry, loop, "its element type", value.type().toString(), type.toString()));
    }
    if (value.shape().rank() != type.shape().rank()
        || !proved(value.shape(), type.shape())) {
      throw elaboration.fail(changes(carry, loop, "shape", value.type().toString(), type.toString()));
    }
    Value last = value;
    return value.type().equals(type) ? value : elaboration.tensors.add(at, o -> o.recast(last, type.shape()));
  }

  private boolean proved(Shape a, Shape b) {
    Facts facts = elaboration.trace().facts;
    return IntStream.range(0, a.rank()).allMatch(i -> facts.equal(a.dim(i), b.dim(i)) == Facts.Answer.YES);
  }

  private Diagnostic.Builder changes(Carry carry, Syntax.For loop, String what, String after, String before) {
    return elaboration.at(Code.E0601, place(carry.name(), loop), "loop variable `" + carry.name() + "` changes " + what)
        .label(after + " after the body, but " + before + " on entry")
        .help("start with a value that has the type a step gives, such as zeros([...])");
  }

  /** Where the body binds the name last. */
  private static Span place(String name, Syntax.For loop) {
    Span found = place(name, loop.body());
    return found == null ? loop.span() : found;
  }

  private static Span place(String name, List<Syntax.Stmt> block) {
    Span found = null;
    for (Syntax.Stmt statement : block) {
      Span here = switch (statement) {
        case Syntax.Bind b -> b.targets().stream().filter(t -> t.name().equals(name)).map(Syntax.Id::span).findFirst()
            .orElse(null);
        case Syntax.If i -> {
          Span inside = place(name, i.otherwise());
          yield inside != null ? inside : place(name, i.then());
        }
        case Syntax.Loop l -> place(name, l.loop().body());
        default -> null;
      };
      found = here != null ? here : found;
    }
    return found;
  }

  // ------------------------------------------------------------------------------------------------ what is given

  private Meaning yielded(List<Meaning> yields, Syntax.For loop) {
    if (yields.isEmpty()) {
      throw elaboration.fail(Code.E0206, loop.span(), "this loop yields nothing, but its value is used",
          "write `yield ...` in its body");
    }
    if (yields.size() > 1) {
      throw elaboration.fail(Code.E0206, loop.span(), "a step of a loop over time yields once",
          "write yield a, b for several values");
    }
    for (Meaning leaf : leaves(yields.getFirst())) {
      if (!(leaf instanceof Meaning.Tensor) && !Arithmetic.isNumber(leaf)) {
        throw elaboration.fail(Code.E0206, loop.span(), "a loop over time yields tensors", "this is " + leaf.kind());
      }
    }
    return yields.getFirst();
  }

  /** Behind the loop a carried name is what the last step made of it. */
  private static void finish(List<Carry> carries, List<Value> lasts, List<Value> results, Scope scope) {
    int next = 0;
    for (Carry carry : carries) {
      int from = next;
      next += carry.firsts().size();
      boolean changed = IntStream.range(from, next).anyMatch(i -> lasts.get(i) != carry.standIns().get(i - from));
      Meaning last = with(carry.before(), results.subList(from, next).iterator());
      scope.assign(carry.name(), changed ? last : carry.before());
    }
  }

  // ------------------------------------------------------------------------------------------------ tuples and lists

  /** What a meaning is made of, tuples and lists taken apart. */
  private static List<Meaning> leaves(Meaning meaning) {
    return switch (meaning) {
      case Meaning.Several(List<Meaning> items, var names) -> items.stream().flatMap(m -> leaves(m).stream()).toList();
      case Meaning.Items(List<Meaning> items, var spans) -> items.stream().flatMap(m -> leaves(m).stream()).toList();
      default -> List.of(meaning);
    };
  }

  /** The same with other tensors in place of tensors and numbers. */
  private static Meaning with(Meaning meaning, Iterator<Value> tensors) {
    return switch (meaning) {
      case Meaning.Several(List<Meaning> items, var names) ->
          new Meaning.Several(items.stream().map(m -> with(m, tensors)).toList(), names);
      case Meaning.Items(List<Meaning> items, var spans) ->
          new Meaning.Items(items.stream().map(m -> with(m, tensors)).toList(), spans);
      default -> meaning instanceof Meaning.Tensor || Arithmetic.isNumber(meaning)
          ? new Meaning.Tensor(tensors.next()) : meaning;
    };
  }
}
