package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.GraphBuilder;
import org.dlm.compiler.graph.Lowering;
import org.dlm.compiler.graph.ManyResults;
import org.dlm.compiler.graph.Origin;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.shape.Dim;

/**
 * A graph in which the bodies of loops over time stand among the other values. What lasts longer than a step lies in
 * memory with a place for each step: a step reads its element of what is walked, reads its carries where the step
 * before stored them, and stores what it yields.
 *
 * @param loops the ranges of values that are loops, outer ones first
 * @param stores what must be stored in every step: carries
 */
record LaidOut(Graph graph, List<Loop> loops, List<Value> stores) {
  /** The values {@code from .. to} (excluded) are computed in each of {@code extent} steps. */
  record Loop(int from, int to, String counter, Dim extent, boolean backwards, Origin origin) {
    boolean holds(int value) {
      return from <= value && value < to;
    }
  }

  static LaidOut of(Graph graph) {
    return graph.values().stream().noneMatch(v -> v.op() instanceof ManyResults)
        ? new LaidOut(graph, List.of(), List.of()) : new Writer().write(graph);
  }

  private static final class Writer {
    private final GraphBuilder g = new GraphBuilder();
    private final List<Loop> loops = new ArrayList<>();
    private final List<Value> stores = new ArrayList<>();
    private final Map<Value, List<Value>> parts = new IdentityHashMap<>();

    LaidOut write(Graph graph) {
      Map<Value, Value> copies = new IdentityHashMap<>();
      graph.values().forEach(v -> copies.put(v, write(v, copies)));
      loops.sort(Comparator.comparingInt(Loop::from).thenComparing(l -> -l.to()));
      Graph written = g.build(graph.name(), graph.inputs().stream().map(copies::get).toList(),
          graph.results().stream().map(r -> new Graph.Result(r.name(), copies.get(r.value()))).toList(),
          graph.updates().stream().map(u -> new Graph.Update(u.path(), copies.get(u.value()))).toList(),
          graph.requirements());
      return new LaidOut(written, List.copyOf(loops), List.copyOf(stores));
    }

    private Value write(Value value, Map<Value, Value> copies) {
      return switch (value.op().lower(value)) {
        case Lowering.Repeat repeat -> {
          parts.put(value, new Body(value, repeat, value.inputs().stream().map(copies::get).toList()).write());
          yield null;
        }
        case Lowering.Part(int index) -> parts.get(value.input(0)).get(index);
        default -> g.copy(value, value.inputs().stream().map(copies::get).toList());
      };
    }

    /** One loop. */
    private final class Body {
      private final Value loop;
      private final Lowering.Repeat repeat;
      private final List<Value> outside;
      private final List<Value> inputs;
      private final List<Value> results;
      private final Value[] memory;
      private final Value[] stored;
      private final Map<Value, Value> copies = new IdentityHashMap<>();

      Body(Value loop, Lowering.Repeat repeat, List<Value> outside) {
        this.loop = loop;
        this.repeat = repeat;
        this.outside = outside;
        inputs = repeat.body().inputs();
        results = repeat.body().results().stream().map(Graph.Result::value).toList();
        memory = new Value[results.size()];
        stored = new Value[results.size()];
      }

      /** What stands for the results. */
      List<Value> write() {
        for (int i = 0; i < results.size(); i++) {
          if (!isCarry(i) && carryOf(i) >= 0) {
            continue;
          }
          g.at(results.get(i).origin());
          TensorType type = results.get(i).type();
          Value room = g.add(new StepMemory.Room(results.get(i).op().name().split(" ", 2)[0],
              new TensorType(type.element(), type.shape().prepend(places(i)))));
          memory[i] = isCarry(i) ? g.add(new StepMemory.Put(start(i)), room, outside.get(repeat.walked() + i)) : room;
        }
        int from = g.size();
        read();
        for (Value value : repeat.body().values()) {
          if (!copies.containsKey(value)) {
            copies.put(value, Writer.this.write(value, copies));
            store(value, false);
          }
        }
        inputs.forEach(v -> store(v, true));
        repeat.body().values().forEach(v -> store(v, true));
        loops.add(new Loop(from, g.size(), repeat.counter(), repeat.extent(), repeat.backwards(), loop.origin()));
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < results.size(); i++) {
          parts.add(part(i));
        }
        return parts;
      }

      private void read() {
        for (int i = 0; i < inputs.size(); i++) {
          g.at(inputs.get(i).origin());
          int carry = i - repeat.walked();
          copies.put(inputs.get(i), i < repeat.walked() ? g.add(new StepMemory.At(counter()), outside.get(i))
              : isCarry(carry) ? g.add(new StepMemory.At(before(carry)), memory[carry]) : outside.get(i));
        }
      }

      /**
       * Stores the value where it is a result; other readers in the step read it there. What a step was given is stored
       * last, since it may be read where it lies until then.
       */
      private void store(Value value, boolean rest) {
        for (int i = 0; i < results.size(); i++) {
          if (results.get(i) == value && memory[i] != null && stored[i] == null && (rest || !inputs.contains(value))) {
            g.at(value.origin());
            stored[i] = g.add(new StepMemory.Put(isCarry(i) ? after(i) : counter()), memory[i], copies.get(value));
            if (isCarry(i)) {
              stores.add(stored[i]);
            }
            if (!rest) {
              copies.put(value, g.add(new StepMemory.At(isCarry(i) ? after(i) : counter()), stored[i]));
            }
          }
        }
      }

      private Value part(int i) {
        g.at(loop.origin());
        if (isCarry(i)) {
          return g.add(new StepMemory.At(end(i)), stored[i]);
        }
        int carry = carryOf(i);
        if (carry < 0) {
          return stored[i];
        }
        boolean isNew = results.get(carry) == results.get(i);
        return g.add(new StepMemory.Places(isNew != repeat.backwards() ? Dim.ONE : Dim.ZERO, repeat.extent()),
            stored[carry]);
      }

      // ---------------------------------------------------------------------------------------------- places

      private boolean isCarry(int result) {
        return result >= 0 && result < repeat.carries();
      }

      /** The carry whose memory holds all that result {@code i} stacks, or -1. */
      private int carryOf(int i) {
        for (int carry = 0; carry < repeat.carries(); carry++) {
          if (results.get(i) == results.get(carry) || results.get(i) == inputs.get(repeat.walked() + carry)) {
            return carry;
          }
        }
        return -1;
      }

      /** A carry that nobody wants to see later needs two places, taken in turns. */
      private boolean keepsAll(int carry) {
        for (int i = repeat.carries(); i < results.size(); i++) {
          if (carryOf(i) == carry) {
            return true;
          }
        }
        return false;
      }

      private Dim places(int result) {
        return !isCarry(result) ? repeat.extent() : keepsAll(result) ? repeat.extent().plus(1) : Dim.of(2);
      }

      private Dim counter() {
        return Dim.symbol(repeat.counter());
      }

      private Dim turn(int carry, Dim place) {
        return keepsAll(carry) ? place : place.remainderBy(Dim.of(2));
      }

      private Dim before(int carry) {
        return turn(carry, repeat.backwards() ? counter().plus(1) : counter());
      }

      private Dim after(int carry) {
        return turn(carry, repeat.backwards() ? counter() : counter().plus(1));
      }

      private Dim start(int carry) {
        return turn(carry, repeat.backwards() ? repeat.extent() : Dim.ZERO);
      }

      private Dim end(int carry) {
        return turn(carry, repeat.backwards() ? Dim.ZERO : repeat.extent());
      }
    }
  }
}
