package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the sides of a contraction with an axis of many independent products, such as the examples of a batch, to be
 * put in the lanes: how its operands look when they are copied so that this axis is the fastest.
 *
 * @param lanes the axis in the lanes
 * @param padded its length in the copies, a multiple of the lanes
 */
record Interleaved(ContractionAxis lanes, int padded, Operand operand) {
  /** So many lanes may be empty, of four. */
  private static final int MOST_EMPTY = 1;

  /** The copy of an operand, or null where its terms do not allow it or too many lanes would be empty. */
  static Interleaved of(List<Term> terms, Map<String, ContractionAxis> axes, ContractionAxis lanes, int multiple) {
    int padded = Math.multiplyExact(Math.ceilDiv(lanes.extent(), multiple), multiple);
    boolean plain = terms.stream().noneMatch(t -> t instanceof Term.Window w
        && (w.position().equals(lanes.name()) || w.tap().equals(lanes.name())));
    if (!plain || 4L * (padded - lanes.extent()) > (long) MOST_EMPTY * padded) {
      return null;
    }
    return new Interleaved(lanes, padded, Operand.interleaved(terms, axes, lanes, padded));
  }

  /**
   * A copy that meets {@code other}, whose lanes are a line of an image with zeros at its end, vector by vector: it has
   * windows along this line, and what it holds behind its own end is multiplied by those zeros. Null where the windows
   * do not go on from element to element.
   */
  static Interleaved meeting(Interleaved other, List<Term> terms, Map<String, ContractionAxis> axes) {
    Operand copy = Operand.copied(terms, axes);
    return copy.stride(other.lanes()) == 1 ? new Interleaved(other.lanes(), other.padded(), copy) : null;
  }

  /** The axes of a group that are not in the lanes. */
  static List<ContractionAxis> without(ContractionAxis lanes, List<ContractionAxis> axes) {
    List<ContractionAxis> others = new ArrayList<>(axes);
    others.remove(lanes);
    return others;
  }

  /** The axis along which the copy goes on behind the lanes without a gap, or null. */
  ContractionAxis line(List<ContractionAxis> axes) {
    ContractionAxis last = null;
    for (ContractionAxis axis : axes) {
      last = axis.extent() > 1 ? axis : last;
    }
    return last != null && operand.stride(last) == padded ? last : null;
  }

  /** Places the copy in the workspace behind what is reserved and returns where it ends. */
  int place(int reserved) {
    operand.stagedAt = Math.ceilDiv(reserved, 16) * 16 + TileScratch.ALIGNED;
    return Math.addExact(operand.stagedAt, operand.staging.size());
  }

  /** Cycles of making the copy: turning it around takes longer than copying its lines. */
  double cost() {
    return operand.staging.size() * (operand.staging.keepsLines() ? 0.6 : 1.5);
  }
}
