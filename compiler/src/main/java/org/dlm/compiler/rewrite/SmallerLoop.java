package org.dlm.compiler.rewrite;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.ManyResults;
import org.dlm.compiler.graph.Part;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.op.Broadcast;
import org.dlm.compiler.op.Einsum;
import org.dlm.compiler.op.Full;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.op.Pointwise;
import org.dlm.compiler.op.Random;
import org.dlm.compiler.op.ScalarFn;
import org.dlm.compiler.op.Scan;
import org.dlm.compiler.shape.Shape;

/**
 * One loop over time made smaller: without what nobody reads and without carries that stay as they are; contractions
 * that do not depend on carries are done for all steps at once before the loop, those that no later step needs behind
 * it; what is only summed over the steps is summed as a carry.
 */
final class SmallerLoop {
  private final GraphBuilder g;
  private final Operators o;
  private final Scan scan;
  private final Graph body;
  private final Predicate<Integer> onlySummed;
  private final AllSteps allSteps;
  private final Map<Value, Value> walked = new LinkedHashMap<>();
  private final Map<Value, Value> shared = new LinkedHashMap<>();
  private final Map<Value, Value> same = new IdentityHashMap<>();
  private final List<Carry> carries = new ArrayList<>();
  private final List<Yield> yields = new ArrayList<>();
  private final Map<Value, AllSteps.Seen> seen = new IdentityHashMap<>();
  /** What stands for the results of the loop: by their number, the sum over all steps by -1 minus their number. */
  private final Map<Integer, Value> results = new HashMap<>();
  private boolean changed;

  /** {@code inside} before a step and {@code next} behind it; {@code result} is its number among the results. */
  private record Carry(Value inside, Value next, Value first, int result, boolean read) {}

  /** A value that is stacked for the results of the numbers. */
  private record Yield(Value inside, List<Integer> results) {}

  /**
   * @param given the inputs, in the graph of {@code g}
   * @param read which results are used
   * @param onlySummed which results are used for nothing but their sum over all steps
   */
  SmallerLoop(GraphBuilder g, Scan scan, List<Value> given, Set<Integer> read, Predicate<Integer> onlySummed) {
    this.g = g;
    this.scan = scan;
    this.onlySummed = onlySummed;
    body = scan.body();
    o = new Operators(g);
    allSteps = new AllSteps(g, scan.extent());
    List<Value> inputs = body.inputs();
    for (int i = 0; i < inputs.size(); i++) {
      if (i < scan.walked()) {
        walked.put(inputs.get(i), given.get(i));
      } else if (i < scan.walked() + scan.carries()) {
        int result = i - scan.walked();
        carries.add(new Carry(inputs.get(i), body.results().get(result).value(), given.get(i), result,
            read.contains(result)));
      } else {
        shared.put(inputs.get(i), given.get(i));
      }
    }
    Map<Value, List<Integer>> stacked = new LinkedHashMap<>();
    for (int i = scan.carries(); i < body.results().size(); i++) {
      if (read.contains(i)) {
        stacked.computeIfAbsent(body.results().get(i).value(), v -> new ArrayList<>()).add(i);
      }
    }
    stacked.forEach((value, numbers) -> yields.add(new Yield(value, numbers)));
    changed = yields.size() < body.results().size() - scan.carries();
  }

  /** What stands for the results, or nothing where the loop is as small as it can be. */
  Map<Integer, Value> results() {
    dropUnread();
    keepUnchanged();
    readOnce();
    before();
    List<Yield> behind = behind();
    List<Yield> summed = behind.isEmpty() ? summed() : List.of();
    if (!changed) {
      return null;
    }
    yields.removeAll(behind);
    yields.removeAll(summed);
    build(summed, behind);
    return results;
  }

  private Value resolved(Value value) {
    Value now = value;
    while (same.containsKey(now)) {
      now = same.get(now);
    }
    return now;
  }

  private boolean isGiven(Value value) {
    return walked.containsKey(value) || shared.containsKey(value)
        || carries.stream().anyMatch(c -> c.inside() == value);
  }

  // ------------------------------------------------------------------------------------------------ what is needed

  private Set<Value> needed(Iterable<Value> roots) {
    Set<Value> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    roots.forEach(r -> needed.add(resolved(r)));
    for (Value value : body.values().reversed()) {
      if (needed.contains(value) && !isGiven(value)) {
        value.inputs().forEach(i -> needed.add(resolved(i)));
      }
    }
    return needed;
  }

  private List<Value> roots() {
    List<Value> roots = new ArrayList<>();
    carries.forEach(c -> roots.add(c.next()));
    yields.forEach(y -> roots.add(y.inside()));
    return roots;
  }

  /** A carry is needed if its last value is read, or if something needed reads it. */
  private void dropUnread() {
    Set<Carry> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    int before;
    do {
      before = kept.size();
      List<Value> roots = new ArrayList<>(yields.stream().map(Yield::inside).toList());
      kept.forEach(c -> roots.add(c.next()));
      Set<Value> needed = needed(roots);
      carries.stream().filter(c -> c.read() || needed.contains(c.inside())).forEach(kept::add);
    } while (kept.size() > before);
    changed |= carries.retainAll(kept);
    dropUnreadInputs();
  }

  private void dropUnreadInputs() {
    Set<Value> needed = needed(roots());
    changed |= walked.keySet().retainAll(needed) | shared.keySet().retainAll(needed);
  }

  private void keepUnchanged() {
    for (Carry carry : List.copyOf(carries)) {
      if (resolved(carry.next()) == carry.inside()) {
        carries.remove(carry);
        shared.put(carry.inside(), carry.first());
        results.put(carry.result(), carry.first());
        changed = true;
      }
    }
  }

  /** What is given twice is read once; what is the same in all steps is not walked; constants are made inside. */
  private void readOnce() {
    once(walked);
    once(shared);
    for (Map.Entry<Value, Value> entry : Map.copyOf(walked).entrySet()) {
      Shape shape = entry.getKey().shape();
      if (entry.getValue().op() instanceof Full(var type, double number, var all)) {
        walked.remove(entry.getKey());
        shared.put(entry.getKey(), o.full(type, number, shape));
        changed = true;
      } else if (entry.getValue().op() instanceof Broadcast) {
        Value small = entry.getValue().input(0);
        boolean full = small.shape().rank() == shape.rank() + 1;
        if (!full || small.shape().dim(0).is(1)) {
          walked.remove(entry.getKey());
          shared.put(entry.getKey(),
              o.broadcast(full ? o.reshape(small, small.shape().withoutFirst()) : small, shape));
          changed = true;
        }
      }
    }
    changed |= shared.values().stream().anyMatch(v -> v.op() instanceof Full);
  }

  private void once(Map<Value, Value> inputs) {
    Map<Value, Value> known = new IdentityHashMap<>();
    for (Map.Entry<Value, Value> entry : new LinkedHashMap<>(inputs).entrySet()) {
      Value first = known.putIfAbsent(entry.getValue(), entry.getKey());
      if (first != null) {
        inputs.remove(entry.getKey());
        same.put(entry.getKey(), first);
        changed = true;
      }
    }
  }

  // ------------------------------------------------------------------------------------------------ before the loop

  /** Contractions that depend on no carry, and whatever is the same in all steps, leave the loop. */
  private void before() {
    Set<Value> needed = needed(roots());
    for (Value value : body.values()) {
      if (needed.contains(value) && !isGiven(value) && !same.containsKey(value)) {
        boolean leaves = isContraction(value) ? outside(value) != null
            : !isFree(value) && !AllSteps.isView(value.op()) && outside(value) != null && !outside(value).stacked();
        if (leaves) {
          (seen.get(value).stacked() ? walked : shared).put(value, seen.get(value).value());
          changed = true;
        }
      }
    }
    dropUnreadInputs();
  }

  private static boolean isContraction(Value value) {
    return value.op() instanceof Einsum && value.op().lower(value) instanceof Lowering.Reduce;
  }

  /** Made of nothing: each step can make its own. */
  private static boolean isFree(Value value) {
    return value.inputs().isEmpty() && !(value.op() instanceof Given);
  }

  /** The value computed outside of the loop, or null where it depends on a carry or cannot be. */
  private AllSteps.Seen outside(Value inside) {
    Value value = resolved(inside);
    if (!seen.containsKey(value)) {
      seen.put(value, isOutside(value) ? compute(value) : null);
    }
    return seen.get(value);
  }

  private boolean isOutside(Value value) {
    if (walked.containsKey(value) || shared.containsKey(value)) {
      return true;
    }
    boolean differs = value.op() instanceof Random || value.op() instanceof Given || value.op() instanceof ManyResults
        || value.op() instanceof Part;
    return !differs && (isFree(value) || value.inputs().stream().allMatch(i -> outside(i) != null)
        && (AllSteps.knows(value.op()) || value.inputs().stream().noneMatch(i -> outside(i).stacked())));
  }

  private AllSteps.Seen compute(Value value) {
    if (walked.containsKey(value)) {
      return new AllSteps.Seen(walked.get(value), true);
    }
    return shared.containsKey(value) ? new AllSteps.Seen(shared.get(value), false)
        : isFree(value) ? new AllSteps.Seen(g.copy(value, List.of()), false)
        : allSteps.of(value, value.inputs().stream().map(this::outside).toList());
  }

  // ------------------------------------------------------------------------------------------------ behind the loop

  /** The yields that are computed for all steps at once, behind the loop; what they read is yielded instead. */
  private List<Yield> behind() {
    Set<Value> core = needed(carries.stream().map(Carry::next).toList());
    List<Yield> behind = yields.stream()
        .filter(y -> outside(y.inside()) != null || works(y.inside(), core)).toList();
    Set<Value> frontier = Collections.newSetFromMap(new IdentityHashMap<>());
    behind.forEach(y -> frontier(y.inside(), core, frontier));
    for (Value value : body.values()) {
      if (frontier.contains(value) && yields.stream().noneMatch(y -> resolved(y.inside()) == value)) {
        yields.add(new Yield(value, List.of()));
      }
    }
    changed |= !behind.isEmpty();
    return behind;
  }

  /** Whether the value is no step's business and a contraction goes into it that can be done for all steps. */
  private boolean works(Value inside, Set<Value> core) {
    Value value = resolved(inside);
    return !core.contains(value) && !isGiven(value) && AllSteps.knows(value.op())
        && (isContraction(value) || value.inputs().stream().anyMatch(i -> works(i, core)));
  }

  private void frontier(Value inside, Set<Value> core, Set<Value> frontier) {
    Value value = resolved(inside);
    if (outside(value) == null) {
      if (works(value, core)) {
        value.inputs().forEach(i -> frontier(i, core, frontier));
      } else {
        frontier.add(value);
      }
    }
  }

  // ------------------------------------------------------------------------------------------------ sums

  /** What is only summed over the steps need not be stacked. */
  private List<Yield> summed() {
    List<Yield> summed = yields.stream().filter(y -> y.results().size() == 1 && onlySummed.test(y.results().getFirst()))
        .toList();
    changed |= !summed.isEmpty();
    return summed;
  }

  // ------------------------------------------------------------------------------------------------ the new loop

  private void build(List<Yield> summed, List<Yield> behind) {
    Set<Value> needed = needed(rootsWith(summed));
    walked.keySet().retainAll(needed);
    shared.keySet().retainAll(needed);
    GraphBuilder step = new GraphBuilder();
    Map<Value, Value> made = new IdentityHashMap<>();
    List<Value> given = new ArrayList<>();
    List<Value> inputs = new ArrayList<>();
    walked.forEach((inside, outside) -> input(step, inside, outside, made, inputs, given));
    carries.forEach(c -> input(step, c.inside(), c.first(), made, inputs, given));
    List<Value> sums = new ArrayList<>();
    for (Yield yield : summed) {
      sums.add(step.add(new Given(Given.Kind.INPUT, "v" + inputs.size(), yield.inside().type())));
      inputs.add(sums.getLast());
      given.add(o.zeros(yield.inside().type()));
    }
    for (Map.Entry<Value, Value> entry : shared.entrySet()) {
      if (entry.getValue().op() instanceof Full) {
        made.put(entry.getKey(), step.copy(entry.getValue(), List.of()));
      } else {
        input(step, entry.getKey(), entry.getValue(), made, inputs, given);
      }
    }
    for (Value value : body.values()) {
      if (needed.contains(value) && !made.containsKey(value)) {
        made.put(value, step.copy(value, value.inputs().stream().map(i -> made.get(resolved(i))).toList()));
      }
    }
    List<Value> outcomes = new ArrayList<>();
    carries.forEach(c -> outcomes.add(made.get(resolved(c.next()))));
    for (int i = 0; i < sums.size(); i++) {
      step.at(summed.get(i).inside().origin());
      outcomes.add(step.add(new Pointwise(ScalarFn.ADD), sums.get(i), made.get(resolved(summed.get(i).inside()))));
    }
    yields.forEach(y -> outcomes.add(made.get(resolved(y.inside()))));
    List<Graph.Result> named = new ArrayList<>();
    outcomes.forEach(v -> named.add(new Graph.Result("r" + named.size(), v)));
    Graph smaller = step.build(body.name(), inputs, named, List.of(), body.requirements());
    read(outcomes.isEmpty() ? null : g.add(new Scan(smaller, walked.size(), carries.size() + sums.size(), scan.extent(),
        scan.counter(), scan.backwards(), 0), given), summed, behind);
  }

  private List<Value> rootsWith(List<Yield> more) {
    List<Value> roots = roots();
    more.forEach(y -> roots.add(y.inside()));
    return roots;
  }

  private static void input(GraphBuilder step, Value inside, Value outside, Map<Value, Value> made, List<Value> inputs,
      List<Value> given) {
    Value value = step.at(inside.origin()).add(new Given(Given.Kind.INPUT, "v" + inputs.size(), inside.type()));
    made.put(inside, value);
    inputs.add(value);
    given.add(outside);
  }

  private void read(Value loop, List<Yield> summed, List<Yield> behind) {
    int next = 0;
    for (Carry carry : carries) {
      results.put(carry.result(), g.add(new Part(next++), loop));
    }
    for (Yield yield : summed) {
      results.put(-1 - yield.results().getFirst(), g.add(new Part(next++), loop));
    }
    for (Yield yield : yields) {
      Value part = g.add(new Part(next++), loop);
      yield.results().forEach(i -> results.put(i, part));
      seen.put(resolved(yield.inside()), new AllSteps.Seen(part, true));
    }
    for (Yield yield : behind) {
      AllSteps.Seen all = behind(resolved(yield.inside()));
      Value value = all.stacked() ? all.value()
          : o.broadcast(all.value(), yield.inside().shape().prepend(scan.extent()));
      yield.results().forEach(i -> results.put(i, value));
    }
  }

  private AllSteps.Seen behind(Value value) {
    if (seen.get(value) == null) {
      seen.put(value, allSteps.of(value, value.inputs().stream().map(i -> behind(resolved(i))).toList()));
    }
    return seen.get(value);
  }
}
