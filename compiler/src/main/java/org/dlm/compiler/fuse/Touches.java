package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Step;

/**
 * Steps, each at a place of its own, and the memory that they read and write. For each stretch of memory it is known
 * which places use it, so that in a long program only steps that have to do with each other are compared.
 */
final class Touches {
  /** What one step touches, a few numbers each: all of it, what is not a parameter, and what it writes. */
  private record Touched(int[] all, int[] changing, int[] written) {}

  /** The places of the steps that touch a stretch, and of those that write it. */
  private record Users(TreeSet<Integer> all, TreeSet<Integer> writers) {}

  /** After the last place. */
  static final int NONE = Integer.MAX_VALUE;

  private final Map<Object, Integer> numbers = new HashMap<>();
  private final List<Users> users = new ArrayList<>();
  private final BitSet outside = new BitSet();

  /** By place; null where a step has gone. */
  private final List<Step> steps = new ArrayList<>();

  private final List<Touched> touched = new ArrayList<>();

  /** {@code outside}: what is needed by others than these steps. */
  Touches(List<Step> steps, List<Buffer> outside) {
    outside.forEach(b -> this.outside.set(number(b)));
    for (Step step : steps) {
      this.steps.add(null);
      touched.add(null);
      put(this.steps.size() - 1, step);
    }
  }

  /** One more than the last place. */
  int places() {
    return steps.size();
  }

  /** The step at a place, or null. */
  Step at(int place) {
    return steps.get(place);
  }

  /** The steps that are left, in order. */
  List<Step> left() {
    return steps.stream().filter(Objects::nonNull).toList();
  }

  void put(int place, Step step) {
    Touched all = of(step);
    steps.set(place, step);
    touched.set(place, all);
    for (int number : all.all) {
      users.get(number).all.add(place);
    }
    for (int number : all.written) {
      users.get(number).writers.add(place);
    }
  }

  void take(int place) {
    for (int number : touched.get(place).all) {
      users.get(number).all.remove(place);
      users.get(number).writers.remove(place);
    }
    steps.set(place, null);
    touched.set(place, null);
  }

  /** The next place after {@code after} whose step uses a stretch that this one uses too and that may change. */
  int nextSharing(int place, int after) {
    int next = NONE;
    for (int number : touched.get(place).changing) {
      next = Math.min(next, after(users.get(number).all, after));
    }
    return next;
  }

  /** The next place after {@code after} whose step uses the buffer. */
  int nextUser(Buffer buffer, int after) {
    return after(users.get(number(buffer)).all, after);
  }

  /** Whether the step at {@code place} may change places with all steps between {@code from} and {@code to}. */
  boolean mayPass(int place, int from, int to) {
    for (int number : touched.get(place).all) {
      if (after(users.get(number).writers, from) < to) {
        return false;
      }
    }
    for (int number : touched.get(place).written) {
      if (after(users.get(number).all, from) < to) {
        return false;
      }
    }
    return true;
  }

  /** Whether anyone but these two of the steps needs what is in the buffer. */
  boolean isNeededBesides(Buffer buffer, int one, int two) {
    int number = number(buffer);
    TreeSet<Integer> all = users.get(number).all;
    int own = (all.contains(one) ? 1 : 0) + (all.contains(two) ? 1 : 0);
    return !(buffer.place() instanceof Place.Arena) || outside.get(number) || all.size() > own;
  }

  private static int after(TreeSet<Integer> places, int place) {
    Integer next = places.higher(place);
    return next == null ? NONE : next;
  }

  private Touched of(Step step) {
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
    return new Touched(all.stream().toArray(), changing.stream().toArray(), written.stream().toArray());
  }

  private int number(Buffer buffer) {
    Object key = buffer.place() instanceof Place.Arena ? (Object) buffer.id() : buffer.place();
    return numbers.computeIfAbsent(key, k -> {
      users.add(new Users(new TreeSet<>(), new TreeSet<>()));
      return users.size() - 1;
    });
  }
}
