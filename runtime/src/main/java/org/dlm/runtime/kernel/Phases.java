package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.runtime.kernel.ContractionAxis.Role;

/**
 * Takes the input dilation out of the windows of a contraction. Of positions and taps only those pairs meet that hit an
 * element; split by their remainders, each pair of classes is a contraction of its own without dilation, on every so
 * many positions and taps, so that no product with an inserted zero is computed.
 */
final class Phases {
  private Phases() {}

  /** A part of the contraction and how far its operands begin behind the given bases. */
  record Phase(Contraction.Description description, int left, int right, int out) {}

  /**
   * The parts, whether together they write each element of the result exactly once, and whether rows and columns of the
   * only part are those of the whole.
   */
  record Split(List<Phase> phases, boolean exact, boolean whole) {}

  static Split of(Contraction.Description description) {
    Split split = split(new Phase(description, 0, 0, 0));
    return split.phases().size() < 2 ? split : new Split(alike(split.phases()), split.exact(), split.whole());
  }

  /** Where operands are copied, all phases can do with the same copy: it holds what any of them reaches. */
  private static List<Phase> alike(List<Phase> phases) {
    Map<String, long[]> reach = new HashMap<>();
    phases.forEach(phase -> windows(phase, (key, w, axes) -> {
      reach.merge(key, new long[] {Operand.low(w, axes), Operand.high(w, axes)},
          (a, b) -> new long[] {Math.min(a[0], b[0]), Math.max(a[1], b[1])});
      return w;
    }));
    return phases.stream().map(phase -> windows(phase, (key, w, axes) ->
        w.copying(Math.toIntExact(reach.get(key)[0]), Math.toIntExact(reach.get(key)[1])))).toList();
  }

  /** What to put in the place of a window of a phase that has this key among its windows. */
  private interface Change {
    Term.Window of(String key, Term.Window window, Map<String, ContractionAxis> axes);
  }

  private static Phase windows(Phase phase, Change change) {
    Contraction.Description d = phase.description();
    Map<String, ContractionAxis> axes = new HashMap<>();
    d.axes().forEach(axis -> axes.put(axis.name(), axis));
    return new Phase(new Contraction.Description(d.name(), d.axes(), windows(d.left(), "left", axes, change),
        windows(d.right(), "right", axes, change), d.out(), d.accumulate(), d.kept()), phase.left(), phase.right(),
        phase.out());
  }

  private static List<Term> windows(List<Term> terms, String side, Map<String, ContractionAxis> axes, Change change) {
    return terms.stream().map(term -> term instanceof Term.Window w
        ? change.of(side + " " + w.position() + " " + w.tap(), w, axes) : term).toList();
  }

  private static Split split(Phase phase) {
    Points.Found point = Points.in(phase);
    if (point != null) {
      Split rest = point.phase() == null ? new Split(List.of(), true, false) : split(point.phase());
      return new Split(rest.phases(), rest.exact() && point.exact(), false);
    }
    Term.Window dilated = null;
    for (List<Term> terms : List.of(phase.description().left(), phase.description().right())) {
      for (Term term : terms) {
        if (dilated == null && term instanceof Term.Window w && w.inputDilation() > 1) {
          dilated = w;
        }
      }
    }
    return dilated == null ? new Split(List.of(phase), true, true) : split(phase, dilated);
  }

  private static Split split(Phase phase, Term.Window w) {
    int positions = w.inputDilation() / greatestDivisor(w.stride(), w.inputDilation());
    int taps = w.inputDilation() / greatestDivisor(w.dilation(), w.inputDilation());
    boolean positionInOut = axis(phase, w.position()).role() != Role.DEPTH;
    boolean tapInOut = axis(phase, w.tap()).role() != Role.DEPTH;
    List<Phase> phases = new ArrayList<>();
    Set<Long> written = new HashSet<>();
    boolean exact = true;
    boolean whole = true;
    for (int p = 0; p < positions; p++) {
      for (int t = 0; t < taps; t++) {
        if (Math.floorMod(p * w.stride() + t * w.dilation() - w.padding(), w.inputDilation()) == 0) {
          exact &= written.add((positionInOut ? (long) p << 32 : 0) + (tapInOut ? t : 0));
          Split inner = split(restrict(restrict(phase, w.position(), positions, p), w.tap(), taps, t, w));
          phases.addAll(inner.phases());
          exact &= inner.exact();
          whole &= inner.whole();
        }
      }
    }
    exact &= written.size() == (long) (positionInOut ? positions : 1) * (tapInOut ? taps : 1);
    return new Split(phases, exact, whole && phases.size() == 1);
  }

  /** Restricts both axes of the window and then, where everything divides, drops its dilation. */
  private static Phase restrict(Phase phase, String axis, int period, int remainder, Term.Window original) {
    Phase part = restrict(phase, axis, period, remainder);
    Contraction.Description d = part.description();
    return new Phase(new Contraction.Description(d.name(), d.axes(), undilated(d.left(), original),
        undilated(d.right(), original), d.out(), d.accumulate(),
        d.kept()), part.left(), part.right(), part.out());
  }

  private static List<Term> undilated(List<Term> terms, Term.Window original) {
    List<Term> result = new ArrayList<>();
    for (Term term : terms) {
      if (term instanceof Term.Window w && w.inputDilation() > 1 && w.position().equals(original.position())
          && w.tap().equals(original.tap()) && w.inputDilation() == original.inputDilation()
          && w.stride() % w.inputDilation() == 0 && w.dilation() % w.inputDilation() == 0
          && w.padding() % w.inputDilation() == 0) {
        int dilation = w.inputDilation();
        result.add(new Term.Window(w.position(), w.tap(), w.size(), w.elements(), w.stride() / dilation,
            w.dilation() / dilation, w.padding() / dilation, 1));
      } else {
        result.add(term);
      }
    }
    return result;
  }

  /** Keeps the indices {@code remainder, remainder + period, ...} of an axis. */
  private static Phase restrict(Phase phase, String axis, int period, int remainder) {
    Contraction.Description d = phase.description();
    List<ContractionAxis> axes = new ArrayList<>();
    for (ContractionAxis a : d.axes()) {
      axes.add(!a.name().equals(axis) ? a
          : new ContractionAxis(axis, a.role(), Math.max(0, Math.ceilDiv(a.extent() - remainder, period))));
    }
    return new Phase(
        new Contraction.Description(d.name(), axes, restrict(d.left(), axis, period, remainder),
            restrict(d.right(), axis, period, remainder), restrict(d.out(), axis, period, remainder), d.accumulate(),
            d.kept()),
        phase.left() + shift(d.left(), axis, remainder), phase.right() + shift(d.right(), axis, remainder),
        phase.out() + shift(d.out(), axis, remainder));
  }

  private static List<Term> restrict(List<Term> terms, String axis, int period, int remainder) {
    List<Term> result = new ArrayList<>();
    for (Term term : terms) {
      result.add(switch (term) {
        case Term.Stride s when s.axis().equals(axis) ->
            new Term.Stride(axis, Math.multiplyExact(s.elements(), period));
        case Term.Window w when w.position().equals(axis) -> new Term.Window(axis, w.tap(), w.size(), w.elements(),
            w.stride() * period, w.dilation(), w.padding() - remainder * w.stride(), w.inputDilation());
        case Term.Window w when w.tap().equals(axis) -> new Term.Window(w.position(), axis, w.size(), w.elements(),
            w.stride(), w.dilation() * period, w.padding() - remainder * w.dilation(), w.inputDilation());
        default -> term;
      });
    }
    return result;
  }

  private static int shift(List<Term> terms, String axis, int remainder) {
    int shift = 0;
    for (Term term : terms) {
      if (term instanceof Term.Stride s && s.axis().equals(axis)) {
        shift = Math.addExact(shift, Math.multiplyExact(s.elements(), remainder));
      }
    }
    return shift;
  }

  private static ContractionAxis axis(Phase phase, String name) {
    return phase.description().axes().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  private static int greatestDivisor(int a, int b) {
    return b == 0 ? Math.abs(a) : greatestDivisor(b, a % b);
  }
}
