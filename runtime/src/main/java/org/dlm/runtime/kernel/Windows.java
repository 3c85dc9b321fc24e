package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Finds windows that were described as two plain axes: where a step along one goes as far as some steps along the
 * other, and the other is longer than that, both look at the same elements. Said as a {@link Term.Window}, an operand
 * is copied with each of its elements once.
 */
final class Windows {
  private Windows() {}

  static List<Term> found(List<Term> terms, Map<String, ContractionAxis> axes) {
    List<Term> left = new ArrayList<>(terms);
    List<Term> result = new ArrayList<>();
    while (!left.isEmpty()) {
      Term term = left.removeFirst();
      Term partner = left.stream().filter(other -> window(term, other, axes) != null).findFirst().orElse(null);
      left.remove(partner);
      result.add(partner == null ? term : window(term, partner, axes));
    }
    return result;
  }

  /** The window of two plain axes, or null where they meet in no element. */
  private static Term.Window window(Term one, Term other, Map<String, ContractionAxis> axes) {
    if (!(one instanceof Term.Stride a) || !(other instanceof Term.Stride b) || a.axis().equals(b.axis())) {
      return null;
    }
    boolean isPosition = a.elements() > b.elements()
        || a.elements() == b.elements() && axes.get(a.axis()).extent() >= axes.get(b.axis()).extent();
    Term.Stride position = isPosition ? a : b;
    Term.Stride tap = isPosition ? b : a;
    ContractionAxis positions = axes.get(position.axis());
    ContractionAxis taps = axes.get(tap.axis());
    boolean meet = tap.elements() > 0 && position.elements() % tap.elements() == 0 && positions.extent() > 1
        && taps.extent() > position.elements() / tap.elements() && positions.role() != taps.role();
    if (!meet) {
      return null;
    }
    int stride = position.elements() / tap.elements();
    int size = Math.addExact(Math.multiplyExact(stride, positions.extent() - 1), taps.extent());
    return new Term.Window(position.axis(), tap.axis(), size, tap.elements(), stride, 1, 0, 1);
  }
}
