package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.dlm.runtime.kernel.ContractionAxis.Role;

/**
 * Cuts a product of two matrices that lie across their depth, such as the weight gradient of a layer, into products of
 * shorter depth that are added up: the packed rows of one then stay in the second cache while all columns pass by them.
 */
final class DepthStretches {
  /** Floats of packed rows from which on they do not stay in the second cache, and how many of them do. */
  private static final long TOO_MANY = 1L << 18;
  private static final long HELD = 1L << 17;

  /** A shorter depth is not worth going through the result again. */
  private static final int SHORTEST = 256;

  private DepthStretches() {}

  /** A part of the depth, and how far its operands begin behind those of the whole. */
  record Stretch(Contraction.Description description, int left, int right) {}

  /** The stretches in order; all but the first add to the result. */
  static List<Stretch> of(Contraction.Description whole) {
    long depth = extent(whole, Role.DEPTH);
    long rows = Math.min(extent(whole, Role.ROW), extent(whole, Role.COLUMN));
    long wanted = Math.min(Math.ceilDiv(rows * depth, HELD), depth / SHORTEST);
    Optional<ContractionAxis> axis = whole.axes().stream().filter(a -> a.role() == Role.DEPTH)
        .max(Comparator.comparingInt(ContractionAxis::extent));
    if (rows * depth <= TOO_MANY || wanted < 2 || extent(whole, Role.BATCH) != 1 || whole.kept() != Kept.NOTHING
        || !liesAcross(whole) || axis.get().extent() < wanted) {
      return List.of(new Stretch(whole, 0, 0));
    }
    ContractionAxis cut = axis.get();
    int length = Math.ceilDiv(cut.extent(), (int) wanted);
    List<Stretch> stretches = new ArrayList<>();
    for (int from = 0; from < cut.extent(); from += length) {
      int own = Math.min(length, cut.extent() - from);
      List<ContractionAxis> axes = whole.axes().stream()
          .map(a -> a == cut ? new ContractionAxis(a.name(), a.role(), own) : a).toList();
      stretches.add(new Stretch(new Contraction.Description(whole.name(), axes, whole.left(), whole.right(),
          whole.out(), whole.accumulate() || from > 0, whole.kept()), from * stride(whole.left(), cut),
          from * stride(whole.right(), cut)));
    }
    return stretches;
  }

  private static long extent(Contraction.Description description, Role role) {
    return description.axes().stream().filter(a -> a.role() == role).mapToLong(ContractionAxis::extent)
        .reduce(1, Math::multiplyExact);
  }

  /** Neighbours in depth are no neighbours in either operand, and there are no windows. */
  private static boolean liesAcross(Contraction.Description whole) {
    return Stream.concat(whole.left().stream(), whole.right().stream()).allMatch(term -> switch (term) {
      case Term.Stride s -> s.elements() != 1 || whole.axes().stream()
          .noneMatch(a -> a.name().equals(s.axis()) && a.role() == Role.DEPTH);
      case Term.Window w -> false;
    });
  }

  private static int stride(List<Term> terms, ContractionAxis axis) {
    int sum = 0;
    for (Term term : terms) {
      sum += term instanceof Term.Stride s && s.axis().equals(axis.name()) ? s.elements() : 0;
    }
    return sum;
  }
}
