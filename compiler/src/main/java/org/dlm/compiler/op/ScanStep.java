package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Part;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.Dim;

/**
 * One step of a loop over time under way: between its making and {@link #scan} the step is traced in the same graph,
 * on values that stand for what it walks and carries. What does not depend on these stays in the graph around.
 */
public final class ScanStep {
  private final GraphBuilder g;
  private final int start;
  private final List<Value> walked = new ArrayList<>();
  private final List<Value> carries = new ArrayList<>();

  public ScanStep(GraphBuilder g) {
    this.g = g;
    start = g.size();
  }

  /** What stands for an element of {@code stacked}, which is walked along its first axis. */
  public Value walk(Value stacked) {
    return standIn(walked, "x", new TensorType(stacked.type().element(), stacked.shape().withoutFirst()));
  }

  /** What stands for a carry that begins as {@code first}. */
  public Value carry(Value first) {
    return standIn(carries, "c", first.type());
  }

  private Value standIn(List<Value> all, String name, TensorType type) {
    Value value = g.add(new Given(Given.Kind.INPUT, name + all.size(), type));
    all.add(value);
    return value;
  }

  /**
   * The results of the loop: the last carries, then what each step yields, stacked along a first axis.
   *
   * @param stacked what is walked
   * @param firsts the carries before the first step
   * @param lasts the carries after a step
   */
  public List<Value> scan(List<Value> stacked, List<Value> firsts, List<Value> lasts, List<Value> yields, Dim extent,
      String counter) {
    Set<Value> own = own();
    List<Value> made = g.cut(start, v -> !own.contains(v));
    GraphBuilder body = new GraphBuilder();
    Map<Value, Value> copies = new IdentityHashMap<>();
    walked.forEach(v -> copies.put(v, body.copy(v, List.of())));
    carries.forEach(v -> copies.put(v, body.copy(v, List.of())));
    List<Value> results = new ArrayList<>(lasts);
    results.addAll(yields);
    List<Value> shared = shared(made, results, own);
    for (Value value : shared) {
      body.at(value.origin());
      copies.put(value, isFree(value) ? body.copy(value, List.of())
          : body.add(new Given(Given.Kind.INPUT, "p" + shared.indexOf(value), value.type())));
    }
    shared.removeIf(ScanStep::isFree);
    for (Value value : made) {
      if (!copies.containsKey(value)) {
        copies.put(value, copy(body, value, value.inputs().stream().map(copies::get).toList(), counter, extent));
      }
    }
    List<Value> all = new ArrayList<>(walked);
    all.addAll(carries);
    all.addAll(shared);
    Graph step = body.build("step", all.stream().map(copies::get).toList(), results.stream()
        .map(v -> new Graph.Result("r" + results.indexOf(v), copies.get(v))).toList(), List.of(), List.of());
    List<Value> inputs = new ArrayList<>(stacked);
    inputs.addAll(firsts);
    inputs.addAll(shared);
    Value scan = g.add(new Scan(step, walked.size(), carries.size(), extent, counter, false, 0), inputs);
    List<Value> parts = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      parts.add(g.add(new Part(i), scan));
    }
    return parts;
  }

  /** What differs from step to step. */
  private Set<Value> own() {
    Set<Value> own = Collections.newSetFromMap(new IdentityHashMap<>());
    own.addAll(walked);
    own.addAll(carries);
    List<Value> values = g.values();
    for (Value value : values.subList(start, values.size())) {
      if (draws(value) || value.inputs().stream().anyMatch(own::contains)) {
        own.add(value);
      }
    }
    return own;
  }

  private static boolean draws(Value value) {
    return value.op() instanceof Random
        || value.op() instanceof Scan scan && scan.body().values().stream().anyMatch(ScanStep::draws);
  }

  /** What the step reads of the graph around. */
  private static List<Value> shared(List<Value> made, List<Value> results, Set<Value> own) {
    Set<Value> shared = Collections.newSetFromMap(new IdentityHashMap<>());
    List<Value> inOrder = new ArrayList<>();
    for (Value value : made) {
      value.inputs().stream().filter(i -> !own.contains(i) && shared.add(i)).forEach(inOrder::add);
    }
    results.stream().filter(r -> !own.contains(r) && shared.add(r)).forEach(inOrder::add);
    return inOrder;
  }

  /** Made of nothing, such as a constant: every step makes its own. */
  private static boolean isFree(Value value) {
    return value.inputs().isEmpty() && !(value.op() instanceof Given);
  }

  private static Value copy(GraphBuilder body, Value value, List<Value> inputs, String counter, Dim extent) {
    return switch (value.op()) {
      case Random random -> body.at(value.origin()).add(random.inStep(counter, extent), inputs);
      case Scan scan when draws(value) -> body.at(value.origin()).add(inStep(scan, counter, extent), inputs);
      default -> body.copy(value, inputs);
    };
  }

  private static Scan inStep(Scan scan, String counter, Dim extent) {
    GraphBuilder body = new GraphBuilder();
    Map<Value, Value> copies = new IdentityHashMap<>();
    scan.body().values().forEach(
        v -> copies.put(v, copy(body, v, v.inputs().stream().map(copies::get).toList(), counter, extent)));
    return scan.with(body, copies);
  }
}
