package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.ManyResults;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.Part;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.loop.Expr;
import org.dlm.compiler.shape.DType;

/**
 * The gradient of a loop over time: a loop the other way round that carries the gradients of the carries. What a step
 * of it needs of the forward pass is kept by the forward loop: the carries before each step, sums, and functions that
 * are slow to compute; everything else is computed again from these.
 */
final class ScanGradient {
  /** Functions that cost more to compute again than to keep. */
  private static final Set<String> SLOW =
      Set.of("exp", "log", "sin", "cos", "tanh", "sigmoid", "erf", "expm1", "log1p", "pow");

  private final GraphBuilder g;
  private final Scan scan;
  private final Value self;
  private final Operators o;
  private final GraphBuilder draft = new GraphBuilder();
  private final Map<Value, Value> copies = new IdentityHashMap<>();
  private final Arrivals arrivals = new Arrivals(draft);

  /** An input of the loop that goes back: its value in the draft of a step, and what it is given. */
  private record Input(Value inside, Value outside) {}

  ScanGradient(GraphBuilder g, Scan scan, Value self) {
    this.g = g;
    this.scan = scan;
    this.self = self;
    o = new Operators(g);
  }

  // ------------------------------------------------------------------------------------------------ keeping

  static Scan keeping(Scan scan) {
    if (scan.kept() > 0) {
      return scan;
    }
    GraphBuilder body = new GraphBuilder();
    Map<Value, Value> copies = new IdentityHashMap<>();
    List<Value> kept = new ArrayList<>();
    for (Value value : scan.body().values()) {
      List<Value> inputs = value.inputs().stream().map(copies::get).toList();
      Value copy = value.op() instanceof ManyResults several
          ? body.at(value.origin()).add(several.keeping(), inputs) : body.copy(value, inputs);
      copies.put(value, copy);
      if (value.op() instanceof ManyResults several) {
        int own = several.results(inputs).size();
        for (int i = own; i < ((ManyResults) copy.op()).results(inputs).size(); i++) {
          kept.add(body.add(new Part(i), copy));
        }
      } else if (isWorthKeeping(copy) || scan.body().inputs().indexOf(value) >= scan.walked()
          && scan.body().inputs().indexOf(value) < scan.walked() + scan.carries()) {
        kept.add(copy);
      }
    }
    List<Graph.Result> results = new ArrayList<>();
    scan.body().results().forEach(r -> results.add(new Graph.Result(r.name(), copies.get(r.value()))));
    kept.forEach(v -> results.add(new Graph.Result("kept" + results.size(), v)));
    Graph graph = body.build(scan.body().name(), scan.body().inputs().stream().map(copies::get).toList(), results,
        List.of(), scan.body().requirements());
    return new Scan(graph, scan.walked(), scan.carries(), scan.extent(), scan.counter(), scan.backwards(), kept.size());
  }

  private static boolean isWorthKeeping(Value value) {
    return value.origin().region() == 0 && switch (value.op().lower(value)) {
      case Lowering.Map m -> isSlow(m.element());
      case Lowering.Reduce r -> true;
      case Lowering.Scatter s -> true;
      case Lowering.Running r -> true;
      case Lowering.Part p -> true;
      case Lowering.Given g -> false;
      case Lowering.SameMemory s -> false;
      case Lowering.Repeat r -> false;
      case Lowering.Room r -> false;
      case Lowering.Put p -> false;
    };
  }

  private static boolean isSlow(Expr expr) {
    return switch (expr) {
      case Expr.Call c -> SLOW.contains(c.function().name()) || c.args().stream().anyMatch(ScanGradient::isSlow);
      case Expr.Select(Expr condition, Expr then, Expr otherwise) ->
          isSlow(condition) || isSlow(then) || isSlow(otherwise);
      case Expr.Cast c -> isSlow(c.value());
      default -> false;
    };
  }

  // ------------------------------------------------------------------------------------------------ going back

  /** The gradients of all inputs. */
  List<Value> gradients(List<Value> dOuts) {
    List<Value> inputs = scan.body().inputs();
    int own = scan.body().results().size() - scan.kept();
    for (Value value : scan.body().values()) {
      Value copy = draft.copy(value, value.inputs().stream().map(copies::get).toList());
      copies.put(value, copy);
      if (inputs.contains(value) && value.type().element() == DType.F32) {
        arrivals.want(copy);
      } else {
        arrivals.follow(copy);
      }
    }
    List<Input> walked = new ArrayList<>();
    List<Input> carries = new ArrayList<>();
    for (int i = 0; i < own; i++) {
      Value result = scan.body().results().get(i).value();
      if (i < scan.carries() && result.type().element() == DType.F32) {
        Value start = dOuts.get(i) != null ? dOuts.get(i) : o.zeros(result.type());
        carries.add(arriving(result, i, start));
      } else if (i >= scan.carries() && dOuts.get(i) != null) {
        walked.add(arriving(result, i, dOuts.get(i)));
      }
    }
    scan.body().values().reversed().forEach(v -> arrivals.spread(copies.get(v), copies.get(v)));
    Map<Value, Value> kept = new IdentityHashMap<>();
    for (int i = own; i < scan.body().results().size(); i++) {
      Value value = scan.body().results().get(i).value();
      Value given = given("k" + i, value.type());
      kept.put(copies.get(value), given);
      walked.add(new Input(given, g.add(new Part(i), self)));
    }
    for (int i = 0; i < scan.walked(); i++) {
      walked.add(new Input(copies.get(inputs.get(i)), self.input(i)));
    }
    List<Input> shared = new ArrayList<>();
    for (int i = scan.walked() + scan.carries(); i < inputs.size(); i++) {
      shared.add(new Input(copies.get(inputs.get(i)), self.input(i)));
    }
    return back(walked, carries, shared, kept);
  }

  private Input arriving(Value result, int i, Value outside) {
    Value given = given("d" + i, result.type());
    arrivals.hand(copies.get(result), given);
    return new Input(given, outside);
  }

  private Value given(String name, TensorType type) {
    return draft.add(new Given(Given.Kind.INPUT, name, type));
  }

  /** Makes the loop and reads its results. */
  private List<Value> back(List<Input> walked, List<Input> carries, List<Input> shared, Map<Value, Value> kept) {
    List<Value> inputs = scan.body().inputs();
    List<Value> results = new ArrayList<>();
    List<Integer> partOf = new ArrayList<>(Collections.nCopies(inputs.size(), -1));
    for (int i = scan.walked(); i < scan.walked() + scan.carries(); i++) {
      if (inputs.get(i).type().element() == DType.F32) {
        partOf.set(i, results.size());
        Value sum = arrivals.sum(copies.get(inputs.get(i)));
        results.add(sum != null ? sum : new Operators(draft).zeros(inputs.get(i).type()));
      }
    }
    for (int i = 0; i < inputs.size(); i++) {
      Value sum = partOf.get(i) >= 0 ? null : arrivals.sum(copies.get(inputs.get(i)));
      if (sum != null) {
        partOf.set(i, results.size());
        results.add(sum);
      }
    }
    Value back = loop(results, walked, carries, shared, kept);
    List<Value> gradients = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Value part = partOf.get(i) < 0 ? null : g.add(new Part(partOf.get(i)), back);
      gradients.add(part == null || i < scan.walked() + scan.carries() ? part : o.sum(part, List.of(0), false));
    }
    return gradients;
  }

  private record Reading(Value of, Op part) {}

  private Value loop(List<Value> results, List<Input> walked, List<Input> carries, List<Input> shared,
      Map<Value, Value> kept) {
    Map<Reading, Value> parts = new HashMap<>();
    kept.keySet().stream().filter(v -> v.op() instanceof Part)
        .forEach(v -> parts.put(new Reading(v.input(0), v.op()), kept.get(v)));
    for (Value value : draft.values()) {
      if (value.op() instanceof Part && parts.containsKey(new Reading(value.input(0), value.op()))) {
        kept.putIfAbsent(value, parts.get(new Reading(value.input(0), value.op())));
      }
    }
    Set<Value> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    results.forEach(r -> needed.add(kept.getOrDefault(r, r)));
    carries.forEach(c -> needed.add(c.inside()));
    for (Value value : draft.values().reversed()) {
      if (needed.contains(value) && !kept.containsKey(value)) {
        value.inputs().forEach(i -> needed.add(kept.getOrDefault(i, i)));
      }
    }
    walked.removeIf(i -> !needed.contains(i.inside()));
    shared.removeIf(i -> !needed.contains(i.inside()));
    List<Input> all = new ArrayList<>(walked);
    all.addAll(carries);
    all.addAll(shared);
    GraphBuilder body = new GraphBuilder();
    Map<Value, Value> made = new IdentityHashMap<>();
    all.forEach(i -> made.put(i.inside(), body.copy(i.inside(), List.of())));
    for (Value value : draft.values()) {
      if (needed.contains(value) && !made.containsKey(value)) {
        made.put(value, body.copy(value, value.inputs().stream().map(i -> made.get(kept.getOrDefault(i, i))).toList()));
      }
    }
    List<Graph.Result> named = new ArrayList<>();
    results.forEach(r -> named.add(new Graph.Result("d" + named.size(), made.get(kept.getOrDefault(r, r)))));
    Graph graph = body.build(scan.body().name(), all.stream().map(i -> made.get(i.inside())).toList(), named, List.of(),
        List.of());
    Scan back = new Scan(graph, walked.size(), carries.size(), scan.extent(), scan.counter(), !scan.backwards(), 0);
    return g.add(back, all.stream().map(Input::outside).toList());
  }
}
