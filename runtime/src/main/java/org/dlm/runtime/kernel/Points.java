package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import org.dlm.runtime.kernel.ContractionAxis.Role;

/**
 * A window over a single element, as a transposed convolution has that makes an image of a point: every position meets
 * it with one tap only, so both are one axis, and no product with the zeros around the point is computed.
 */
final class Points {
  private Points() {}

  /**
   * A contraction with one window less.
   *
   * @param phase null where no tap meets the element
   * @param exact whether it writes all that the other one does
   */
  record Found(Phases.Phase phase, boolean exact) {}

  /** Positions and taps that meet, both in equal steps. */
  private record Pairs(int count, int position, int positionStep, int tap, int tapStep) {}

  /** The contraction without its first such window; null where there is none. */
  static Found in(Phases.Phase phase) {
    for (List<Term> terms : List.of(phase.description().left(), phase.description().right())) {
      for (Term term : terms) {
        if (term instanceof Term.Window w && w.size() == 1 && isAlone(phase.description(), w)) {
          Pairs pairs = pairs(w, extent(phase, w.position()), extent(phase, w.tap()));
          if (pairs != null) {
            return found(phase, w, pairs);
          }
        }
      }
    }
    return null;
  }

  private static int extent(Phases.Phase phase, String axis) {
    return axis(phase.description(), axis).extent();
  }

  private static ContractionAxis axis(Contraction.Description description, String name) {
    return description.axes().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  /** Whether no other window has one of its axes. */
  private static boolean isAlone(Contraction.Description description, Term.Window window) {
    List<String> own = List.of(window.position(), window.tap());
    return List.of(description.left(), description.right()).stream().flatMap(List::stream)
        .noneMatch(t -> t instanceof Term.Window w && !w.equals(window)
            && (own.contains(w.position()) || own.contains(w.tap())))
        && !window.position().equals(window.tap());
  }

  /** Null where they are no pairs in equal steps. */
  private static Pairs pairs(Term.Window w, int positions, int taps) {
    List<int[]> met = new ArrayList<>();
    for (int p = 0; p < positions; p++) {
      for (int t = 0; t < taps; t++) {
        if ((long) p * w.stride() + (long) t * w.dilation() == w.padding()) {
          met.add(new int[] {p, t});
        }
      }
    }
    int[] first = met.isEmpty() ? new int[2] : met.getFirst();
    int[] second = met.size() < 2 ? new int[] {first[0] + 1, first[1]} : met.get(1);
    Pairs pairs = new Pairs(met.size(), first[0], second[0] - first[0], first[1], second[1] - first[1]);
    for (int i = 0; i < met.size(); i++) {
      if (met.get(i)[0] != first[0] + i * pairs.positionStep() || met.get(i)[1] != first[1] + i * pairs.tapStep()) {
        return null;
      }
    }
    boolean apart = pairs.positionStep() != 0 && (pairs.tapStep() != 0 || met.size() < 2);
    return apart ? pairs : null;
  }

  private static Found found(Phases.Phase phase, Term.Window w, Pairs pairs) {
    Contraction.Description d = phase.description();
    boolean positionInOut = axis(d, w.position()).role() != Role.DEPTH;
    boolean tapInOut = axis(d, w.tap()).role() != Role.DEPTH;
    boolean exact = (!positionInOut || pairs.count() == extent(phase, w.position()))
        && (!tapInOut || pairs.count() == extent(phase, w.tap()));
    if (pairs.count() == 0) {
      return new Found(null, false);
    }
    List<Term> left = merged(d.left(), w, pairs);
    List<Term> right = merged(d.right(), w, pairs);
    List<Term> out = merged(d.out(), w, pairs);
    Role both = positionInOut || tapInOut ? Role.BATCH : Role.DEPTH;
    List<ContractionAxis> axes = new ArrayList<>(d.axes());
    axes.replaceAll(a -> a.name().equals(w.position()) ? new ContractionAxis(a.name(), both, pairs.count()) : a);
    axes.removeIf(a -> a.name().equals(w.tap()));
    // Without the window an axis may move one operand only.
    axes.replaceAll(a -> a.role() == Role.BATCH ? new ContractionAxis(a.name(), role(a.name(), left, right), a.extent())
        : a);
    Contraction.Description merged = new Contraction.Description(d.name(), axes, left, right, out, d.accumulate(),
        d.kept());
    return new Found(new Phases.Phase(merged, phase.left() + shift(d.left(), w, pairs),
        phase.right() + shift(d.right(), w, pairs), phase.out() + shift(d.out(), w, pairs)), exact);
  }

  private static Role role(String axis, List<Term> left, List<Term> right) {
    boolean movesLeft = names(left, axis);
    boolean movesRight = names(right, axis);
    return movesLeft == movesRight ? Role.BATCH : movesLeft ? Role.ROW : Role.COLUMN;
  }

  private static boolean names(List<Term> terms, String axis) {
    return terms.stream().anyMatch(term -> switch (term) {
      case Term.Stride s -> s.axis().equals(axis);
      case Term.Window w -> w.position().equals(axis) || w.tap().equals(axis);
    });
  }

  /** Both axes as that of the positions, in steps of pairs. */
  private static List<Term> merged(List<Term> terms, Term.Window w, Pairs pairs) {
    List<Term> result = new ArrayList<>();
    for (Term term : terms) {
      switch (term) {
        case Term.Stride s when s.axis().equals(w.position()) ->
            result.add(new Term.Stride(w.position(), Math.multiplyExact(s.elements(), pairs.positionStep())));
        case Term.Stride s when s.axis().equals(w.tap()) ->
            result.add(new Term.Stride(w.position(), Math.multiplyExact(s.elements(), pairs.tapStep())));
        case Term.Window same when same.equals(w) -> { }
        default -> result.add(term);
      }
    }
    return result;
  }

  private static int shift(List<Term> terms, Term.Window w, Pairs pairs) {
    int shift = 0;
    for (Term term : terms) {
      if (term instanceof Term.Stride s) {
        int steps = s.axis().equals(w.position()) ? pairs.position() : s.axis().equals(w.tap()) ? pairs.tap() : 0;
        shift = Math.addExact(shift, Math.multiplyExact(s.elements(), steps));
      }
    }
    return shift;
  }
}
