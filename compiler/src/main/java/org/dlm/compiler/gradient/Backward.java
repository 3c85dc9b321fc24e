package org.dlm.compiler.gradient;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.ManyResults;
import org.dlm.compiler.graph.Origin;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.ParameterPatterns;
import org.dlm.compiler.op.Again;
import org.dlm.compiler.op.Arrivals;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.op.Operators;
import org.dlm.compiler.shape.DType;

/**
 * From a graph with a scalar result to the graph that also computes its gradient: a copy of the forward half, then the
 * gradients of its values from last to first, each the sum of what its users hand back.
 */
public final class Backward {
  private final Graph forward;
  private final Predicate<Given> wanted;
  private final GraphBuilder g = new GraphBuilder();
  private final Operators o = new Operators(g);
  private final Map<Value, Value> copies = new IdentityHashMap<>();
  /** Values of the region that was computed again last, and what comes into it. */
  private final Map<Value, Value> again = new IdentityHashMap<>();
  private int againRegion;

  private final Arrivals arrivals = new Arrivals(g);

  private Backward(Graph forward, Predicate<Given> wanted) {
    this.forward = forward;
    this.wanted = wanted;
  }

  /**
   * The graph with results {@code grad.PATH} added, for each parameter that {@code trainable} selects (see
   * {@link ParameterPatterns}), zeros where the result does not depend on it, in the order of the parameters in the
   * graph.
   *
   * @param scalarResult which of the results; an f32 without axes
   * @param alsoInputs whether f32 inputs get {@code grad.NAME} too
   */
  public static Graph of(Graph forward, int scalarResult, List<String> trainable, boolean alsoInputs) {
    ParameterPatterns patterns = new ParameterPatterns(trainable);
    Predicate<Given> wanted = given -> given.type().element() == DType.F32 && switch (given.kind()) {
      case PARAMETER -> patterns.match(given.path());
      case INPUT -> alsoInputs;
      case BUFFER -> false;
    };
    return new Backward(forward, wanted).build(scalarResult);
  }

  private Graph build(int scalarResult) {
    forward.values().forEach(this::copy);
    Value result = copies.get(forward.results().get(scalarResult).value());
    if (result.shape().rank() != 0 || result.type().element() != DType.F32) {
      throw new IllegalArgumentException("the gradient of " + forward.name() + " needs a scalar, not " + result.type());
    }
    g.at(result.origin());
    arrivals.hand(result, o.constant(1));
    Map<String, List<Value>> gradients = new LinkedHashMap<>();
    Map<String, Value> givens = new LinkedHashMap<>();
    for (Value value : forward.values().reversed()) {
      Value self = value.origin().region() == 0 || !arrivals.isAwaited(copies.get(value)) ? copies.get(value)
          : recomputed(value);
      arrivals.spread(copies.get(value), self);
    }
    for (Value value : forward.values()) {
      Value copy = copies.get(value);
      if (copy.op() instanceof Given given && wanted.test(given)) {
        givens.putIfAbsent(given.path(), copy);
        gradients.computeIfAbsent(given.path(), path -> new ArrayList<>()).addAll(arrivals.at(copy));
      }
    }
    List<Graph.Result> results = new ArrayList<>();
    forward.results().forEach(r -> results.add(new Graph.Result(r.name(), copies.get(r.value()))));
    g.at(Origin.NONE);
    givens.forEach((path, given) -> results.add(new Graph.Result("grad." + path, sum(given, gradients.get(path)))));
    return g.build(forward.name(), forward.inputs().stream().map(copies::get).toList(), results,
        forward.updates().stream().map(u -> new Graph.Update(u.path(), copies.get(u.value()))).toList(),
        forward.requirements());
  }

  private void copy(Value value) {
    List<Value> inputs = value.inputs().stream().map(copies::get).toList();
    Value copy = copy(value, inputs, inputs.stream().anyMatch(arrivals::takesPart));
    copies.put(value, copy);
    if (copy.op() instanceof Given given) {
      if (wanted.test(given)) {
        arrivals.want(copy);
      }
    } else {
      arrivals.follow(copy);
    }
  }

  /** A copy that, where its gradient is wanted, also has what that needs. */
  private Value copy(Value value, List<Value> inputs, boolean wanted) {
    return wanted && value.op() instanceof ManyResults several ? g.at(value.origin()).add(several.keeping(), inputs)
        : g.copy(value, inputs);
  }

  // ------------------------------------------------------------------------------------------------ regions

  /** The value as computed a second time, for the gradients of its region only, from what comes into the region. */
  private Value recomputed(Value value) {
    int region = value.origin().region();
    if (againRegion != region) {
      // Values of a region stand side by side, so no earlier region comes back.
      againRegion = region;
      again.clear();
      List<Value> inside = forward.values().stream().filter(v -> isInside(v, region)).toList();
      inside.stream().flatMap(v -> v.inputs().stream()).filter(v -> !isInside(v, region)).distinct()
          .forEach(v -> again.put(v, g.at(v.origin()).add(new Again(region), copies.get(v))));
      inside.forEach(v -> again.put(v,
          copy(v, v.inputs().stream().map(again::get).toList(), arrivals.takesPart(copies.get(v)))));
    }
    return again.get(value);
  }

  private static boolean isInside(Value value, int region) {
    return value.origin().region() == region && !(value.op() instanceof Given);
  }

  private Value sum(Value of, List<Value> gradients) {
    return gradients.stream().reduce(o::add).orElseGet(() -> o.zeros(of.type()));
  }
}
