package org.dlm.compiler.fuse;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.dlm.compiler.loop.Buffer;
import org.dlm.compiler.loop.Kernel;
import org.dlm.compiler.loop.Place;
import org.dlm.compiler.loop.Step;

/**
 * Puts loop nests that walk the same outer axes into one, so that what one computes is still at hand when the next
 * needs it: the statistics of a row and what is done with them, a sum and the work on its result, several results of
 * the same inputs.
 */
final class MergeLoops {
  private final Touches steps;

  private MergeLoops(Touches steps) {
    this.steps = steps;
  }

  /** {@code outside}: what is needed by others than these steps. */
  static List<Step> in(List<Step> steps, List<Buffer> outside) {
    Touches places = new Touches(insides(steps, outside, MergeLoops::in), outside);
    MergeLoops merge = new MergeLoops(places);
    for (int i = 0; i < places.places(); i++) {
      while (merge.mergeInto(i)) {
        // Each round takes one later nest into this one.
      }
    }
    return places.left();
  }

  /** Merges the nest at {@code first} with a later one; both end up where the order of things allows it. */
  private boolean mergeInto(int first) {
    if (!(steps.at(first) instanceof Step.Loops one)) {
      return false;
    }
    for (int at = steps.nextSharing(first, first); at != Touches.NONE; at = steps.nextSharing(first, at)) {
      int second = at;
      boolean up = steps.at(second) instanceof Step.Loops && steps.mayPass(second, first, second);
      if (steps.at(second) instanceof Step.Loops two && (up || steps.mayPass(first, first, second))) {
        Optional<Step.Loops> merged =
            new LoopPair(one, two, b -> steps.isNeededBesides(b, first, second)).merged();
        if (merged.isPresent()) {
          steps.take(first);
          steps.take(second);
          steps.put(up ? first : second, merged.get());
          return true;
        }
      }
    }
    return false;
  }

  /** The steps with those inside of loops over time changed; {@code change} also gets what is needed outside. */
  static List<Step> insides(List<Step> steps, List<Buffer> outside,
      BiFunction<List<Step>, List<Buffer>, List<Step>> change) {
    List<Step> changed = new ArrayList<>();
    for (Step step : steps) {
      if (step instanceof Step.Repeat repeat) {
        List<Buffer> needed = new ArrayList<>(outside);
        steps.stream().filter(s -> s != step).forEach(s -> needed.addAll(s.buffers()));
        changed.add(repeat.with(change.apply(repeat.steps(), needed)));
      } else {
        changed.add(step);
      }
    }
    return changed;
  }

  static boolean same(Buffer a, Buffer b) {
    return a.place() instanceof Place.Arena ? a.id() == b.id() : a.place().equals(b.place());
  }

  /** Whether the step writes into the {@code buffer}-th of its buffers. */
  static boolean writes(Step step, int buffer) {
    return switch (step) {
      case Step.Loops loops -> writes(loops.kernel(), buffer);
      case Step.Contract c -> buffer == 2 || buffer > 2 && writes(c.end().orElseThrow().kernel(), buffer - 3);
      case Step.Repeat r -> {
        int from = 0;
        for (Step inner : r.steps()) {
          if (buffer < from + inner.buffers().size()) {
            yield writes(inner, buffer - from);
          }
          from += inner.buffers().size();
        }
        throw new IllegalArgumentException("no buffer " + buffer);
      }
    };
  }

  /** Whether the kernel stores into its {@code tensor}-th tensor. */
  static boolean writes(Kernel kernel, int tensor) {
    int seen = -1;
    for (int slot = 0; slot < kernel.slots().size(); slot++) {
      seen += kernel.slots().get(slot).register() ? 0 : 1;
      if (seen == tensor) {
        return kernel.writes(slot);
      }
    }
    throw new IllegalArgumentException("no tensor " + tensor + " in " + kernel.name());
  }
}
