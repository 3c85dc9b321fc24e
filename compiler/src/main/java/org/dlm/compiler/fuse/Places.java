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
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.op.Given;

/**
 * Gives every value that is read from memory its buffer. A gradient is computed right where the model keeps it, unless
 * that memory is not the value's alone; then it is copied at the end, as updates of the model's buffers always are,
 * since every read of those sees the state before the call.
 */
final class Places {
  /** A copy to make after all other steps. */
  record Copy(Buffer from, Buffer to) {}

  static final String GRADIENT = "grad.";

  private final Map<Value, Lowering> lowerings;
  private final Map<Value, Buffer> buffers = new LinkedHashMap<>();
  private final Map<Value, String> names = new HashMap<>();
  private final Set<String> taken = new HashSet<>();
  private final List<Copy> copies = new ArrayList<>();
  private int nextId;

  Places(Graph graph, Map<Value, Lowering> lowerings, Uses uses) {
    this.lowerings = lowerings;
    Map<Value, String> gradients = new HashMap<>();
    for (Graph.Result result : graph.results()) {
      if (result.name().startsWith(GRADIENT)) {
        gradients.putIfAbsent(root(result.value()), Names.camel(result.name()));
      }
    }
    for (Value value : graph.values()) {
      nextId = Math.max(nextId, value.id() + 1);
      boolean own = uses.live(value) && uses.stored(value) && !(lowerings.get(value) instanceof Lowering.Put);
      if (lowerings.get(value) instanceof Lowering.Given || own) {
        String name = unique(gradients.containsKey(value) ? gradients.get(value) : Names.of(value));
        names.put(value, name);
        buffers.put(value, new Buffer(value.id(), name, value.type().element(), value.shape(), place(graph, value)));
      }
    }
    for (Graph.Result result : graph.results()) {
      if (result.name().startsWith(GRADIENT) && !uses.isZero(result.value())) {
        gradient(result);
      }
    }
    for (Graph.Update update : graph.updates()) {
      copy(update.value(), new Place.State(update.path()), update.path());
    }
  }

  private static Place place(Graph graph, Value value) {
    return value.op() instanceof Given given ? switch (given.kind()) {
      case INPUT -> new Place.Argument(graph.inputs().indexOf(value));
      case PARAMETER -> new Place.Parameter(given.path());
      case BUFFER -> new Place.State(given.path());
    } : new Place.Arena();
  }

  private void gradient(Graph.Result result) {
    Place.Gradient place = new Place.Gradient(result.name().substring(GRADIENT.length()));
    Value root = root(result.value());
    if (buffers.get(root).place() instanceof Place.Arena) {
      buffers.put(root, buffers.get(root).at(place));
    } else {
      copy(result.value(), place, result.name());
    }
  }

  private void copy(Value value, Place place, String path) {
    Buffer from = buffers.get(root(value));
    Buffer to = new Buffer(nextId++, unique(Names.camel(path)), value.type().element(), value.shape(), place);
    copies.add(new Copy(from, to));
    targets.add(to);
  }

  private final List<Buffer> targets = new ArrayList<>();

  private Value root(Value value) {
    return lowerings.get(value) instanceof Lowering.SameMemory || lowerings.get(value) instanceof Lowering.Put
        ? root(value.input(0)) : value;
  }

  /** The memory that a readable value is read from. */
  Buffer buffer(Value value) {
    return buffers.get(root(value));
  }

  String name(Value value) {
    return names.get(root(value));
  }

  List<Copy> copies() {
    return copies;
  }

  /** Gradients are read from the model, not from the program. */
  boolean isVisible(Graph.Result result) {
    return !result.name().startsWith(GRADIENT);
  }

  List<Buffer> all() {
    List<Buffer> all = new ArrayList<>(buffers.values());
    all.addAll(targets);
    return all;
  }

  private String unique(String name) {
    String candidate = name;
    for (int i = 2; !taken.add(candidate); i++) {
      candidate = name + i;
    }
    return candidate;
  }
}
