package org.dlm.compiler.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.ManyResults;
import org.dlm.compiler.graph.Part;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.DType;

/**
 * Gradients on their way back through values: each value's is the sum of what its users hand to it, and is handed on
 * to its inputs. Only values that depend on something wanted take part.
 */
public final class Arrivals {
  private final GraphBuilder g;
  private final Operators o;
  private final Map<Value, List<Value>> arrived = new IdentityHashMap<>();
  private final Map<Value, Value[]> parts = new IdentityHashMap<>();

  public Arrivals(GraphBuilder g) {
    this.g = g;
    o = new Operators(g);
  }

  /** Gradients of the value are wanted. */
  public void want(Value value) {
    arrived.put(value, new ArrayList<>());
  }

  /** The value takes part if one of its inputs does. */
  public void follow(Value value) {
    if (value.type().element() == DType.F32 && value.inputs().stream().anyMatch(arrived::containsKey)) {
      want(value);
    }
  }

  public boolean takesPart(Value value) {
    return arrived.containsKey(value);
  }

  public void hand(Value to, Value gradient) {
    List<Value> sofar = arrived.get(to);
    if (sofar == null || gradient == null) {
      return;
    }
    if (!gradient.type().equals(to.type())) {
      throw new IllegalStateException("the gradient of " + to + " " + to.op() + " " + to.type() + " is "
          + gradient.type());
    }
    sofar.add(gradient);
  }

  /** What arrived at the value, one by one. */
  public List<Value> at(Value value) {
    return arrived.getOrDefault(value, List.of());
  }

  /** The sum of what arrived at the value, or null where nothing did. */
  public Value sum(Value value) {
    return at(value).stream().reduce(o::add).orElse(null);
  }

  /** Whether the value has a gradient to hand on. */
  public boolean isAwaited(Value value) {
    return value.op() instanceof ManyResults ? parts.containsKey(value)
        : !value.inputs().isEmpty() && !at(value).isEmpty();
  }

  /**
   * Hands the gradient of a value on to its inputs. To be called from the last value to the first. {@code self}: the
   * value, or the same computed again.
   */
  public void spread(Value value, Value self) {
    if (!isAwaited(value)) {
      return;
    }
    g.at(self.origin());
    if (self.op() instanceof ManyResults several) {
      handAll(value, several.gradients(g, self, Arrays.asList(parts.remove(value))));
    } else if (value.op() instanceof Part(int index)) {
      Value whole = value.input(0);
      int count = ((ManyResults) whole.op()).results(whole.inputs()).size();
      Value[] results = parts.computeIfAbsent(whole, w -> new Value[count]);
      results[index] = results[index] == null ? sum(value) : o.add(results[index], sum(value));
    } else {
      handAll(value, self.op().gradient(g, self, sum(value)));
    }
  }

  private void handAll(Value value, List<Value> gradients) {
    for (int i = 0; i < gradients.size(); i++) {
      hand(value.input(i), gradients.get(i));
    }
  }
}
