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
  /** What one step touches: all of it, what is not a parameter, and what it writes. */
  private record Touched(BitSet all, BitSet changing, BitSet written) {}

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
    of(step).all.stream().forEach(n -> users.merge(n, 1, Integer::sum));
  }

  void remove(Step step) {
    known.remove(step).all.stream().forEach(n -> users.merge(n, -1, Integer::sum));
  }

  /** Whether both use a stretch that may change while the program runs. */
  boolean shareMemory(Step one, Step two) {
    return of(one).changing.intersects(of(two).changing);
  }

  boolean uses(Step step, Buffer buffer) {
    return of(step).all.get(number(buffer));
  }

  /** Whether anyone but these two of the steps needs what is in the buffer. */
  boolean isNeededBesides(Buffer buffer, Step one, Step two) {
    int number = number(buffer);
    int own = (of(one).all.get(number) ? 1 : 0) + (of(two).all.get(number) ? 1 : 0);
    return !(buffer.place() instanceof Place.Arena) || outside.get(number) || users.getOrDefault(number, 0) > own;
  }

  /** Steps that follow each other: what all of them touch. */
  final class Stretch {
    private final BitSet all = new BitSet();
    private final BitSet written = new BitSet();

    void add(Step step) {
      all.or(of(step).all);
      written.or(of(step).written);
    }

    /** Whether the step cannot change places with all of them. */
    boolean conflicts(Step step) {
      return written.intersects(of(step).all) || all.intersects(of(step).written);
    }
  }

  private Touched of(Step step) {
    Touched touched = known.get(step);
    if (touched == null) {
      touched = new Touched(new BitSet(), new BitSet(), new BitSet());
      List<Buffer> buffers = step.buffers();
      for (int i = 0; i < buffers.size(); i++) {
        int number = number(buffers.get(i));
        touched.all.set(number);
        touched.changing.set(number,
            touched.changing.get(number) || !(buffers.get(i).place() instanceof Place.Parameter));
        touched.written.set(number, touched.written.get(number) || MergeLoops.writes(step, i));
      }
      known.put(step, touched);
    }
    return touched;
  }

  private int number(Buffer buffer) {
    Object key = buffer.place() instanceof Place.Arena ? (Object) buffer.id() : buffer.place();
    return numbers.computeIfAbsent(key, k -> numbers.size());
  }
}
