package org.dlm.compiler.fuse;

import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Step;

/** Which memory steps read and write, with a number for each stretch, so that long programs are compared quickly. */
final class Touches {
  /** What one step touches, a few numbers each: all of it, what is not a parameter, and what it writes. */
  private record Touched(int[] all, int[] changing, int[] written) {}

  private final Map<Object, Integer> numbers = new HashMap<>();
  private final Map<Step, Touched> known = new IdentityHashMap<>();
  private final BitSet outside = new BitSet();

  /** How many of the steps use a stretch. */
  private final Map<Integer, Integer> users = new HashMap<>();

  /** {@code outside}: what is needed by others than these steps. */
  Touches(List<Step> steps, List<Buffer> outside) {
    outside.forEach(b -> this.outside.set(number(b)));
    steps.forEach(this::add);
  }

  void add(Step step) {
    for (int number : of(step).all) {
      users.merge(number, 1, Integer::sum);
    }
  }

  void remove(Step step) {
    for (int number : known.remove(step).all) {
      users.merge(number, -1, Integer::sum);
    }
  }

  /** Whether both use a stretch that may change while the program runs. */
  boolean shareMemory(Step one, Step two) {
    int[] others = of(two).changing;
    for (int number : of(one).changing) {
      if (holds(others, number)) {
        return true;
      }
    }
    return false;
  }

  boolean uses(Step step, Buffer buffer) {
    return holds(of(step).all, number(buffer));
  }

  /** Whether anyone but these two of the steps needs what is in the buffer. */
  boolean isNeededBesides(Buffer buffer, Step one, Step two) {
    int number = number(buffer);
    int own = (holds(of(one).all, number) ? 1 : 0) + (holds(of(two).all, number) ? 1 : 0);
    return !(buffer.place() instanceof Place.Arena) || outside.get(number) || users.getOrDefault(number, 0) > own;
  }

  /** Steps that follow each other: what all of them touch. */
  final class Stretch {
    private final BitSet all = new BitSet();
    private final BitSet written = new BitSet();

    void add(Step step) {
      mark(of(step).all, all);
      mark(of(step).written, written);
    }

    /** Whether the step cannot change places with all of them. */
    boolean conflicts(Step step) {
      return anyMarked(of(step).all, written) || anyMarked(of(step).written, all);
    }
  }

  private static boolean holds(int[] numbers, int wanted) {
    for (int number : numbers) {
      if (number == wanted) {
        return true;
      }
    }
    return false;
  }

  private static void mark(int[] numbers, BitSet marks) {
    for (int number : numbers) {
      marks.set(number);
    }
  }

  private static boolean anyMarked(int[] numbers, BitSet marks) {
    for (int number : numbers) {
      if (marks.get(number)) {
        return true;
      }
    }
    return false;
  }

  private Touched of(Step step) {
    Touched touched = known.get(step);
    if (touched == null) {
      BitSet all = new BitSet();
      BitSet changing = new BitSet();
      BitSet written = new BitSet();
      List<Buffer> buffers = step.buffers();
      for (int i = 0; i < buffers.size(); i++) {
        int number = number(buffers.get(i));
        all.set(number);
        changing.set(number, changing.get(number) || !(buffers.get(i).place() instanceof Place.Parameter));
        written.set(number, written.get(number) || MergeLoops.writes(step, i));
      }
      touched = new Touched(all.stream().toArray(), changing.stream().toArray(), written.stream().toArray());
      known.put(step, touched);
    }
    return touched;
  }

  private int number(Buffer buffer) {
    Object key = buffer.place() instanceof Place.Arena ? (Object) buffer.id() : buffer.place();
    return numbers.computeIfAbsent(key, k -> numbers.size());
  }
}
