package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The order in which depth is summed: along the left operand's memory, in runs of consecutive floats. Where lines have
 * a gap between them (a window sliding over a wider image) the run may go through the gap, with nothing on the right
 * there.
 *
 * @param left offsets in the left operand; the k-th of a run is the first plus k
 * @param right offsets in the right operand, {@link TileKernels#NOTHING} in gaps
 * @param run length of the runs, a divisor of the number of steps
 */
record DepthOrder(int[] left, int[] right, int run) {
  /** Long enough that starting a tile costs little. */
  private static final int LONG_RUN = 256;

  int steps() {
    return left.length;
  }

  static DepthOrder of(List<ContractionAxis> depth, Operand left, Operand right, boolean throughGaps) {
    List<ContractionAxis> outer = new ArrayList<>(depth);
    outer.removeIf(axis -> axis.extent() == 1);
    outer.sort(Comparator.comparingInt((ContractionAxis axis) -> -Math.abs(left.stride(axis)))
        .thenComparingInt(axis -> -Math.abs(right.stride(axis))));
    List<ContractionAxis> inner = new ArrayList<>();
    int run = 1;
    int elements = 1;
    while (!outer.isEmpty()) {
      ContractionAxis next = outer.getLast();
      int stride = left.stride(next);
      boolean gap = throughGaps && stride > run && run < LONG_RUN && !inner.isEmpty()
          && (next.extent() - 1L) * stride + run <= 1.45 * elements * next.extent() && left.ownsGaps(stride);
      if (stride != run && !gap) {
        break;
      }
      run = (next.extent() - 1) * stride + run;
      elements *= next.extent();
      inner.addFirst(next);
      outer.removeLast();
    }
    return build(outer, inner, run, left, right);
  }

  private static DepthOrder build(List<ContractionAxis> outer, List<ContractionAxis> inner, int run, Operand left,
      Operand right) {
    int[] outerLeft = left.table(outer);
    int[] outerRight = right.table(outer);
    int[] l = new int[Math.multiplyExact(outerLeft.length, run)];
    int[] r = new int[l.length];
    int[] within = new int[run];
    for (int v = 0; v < run; v++) {
      int rest = v;
      for (ContractionAxis axis : inner) {
        int index = rest / left.stride(axis);
        rest -= index * left.stride(axis);
        within[v] = index >= axis.extent() || within[v] == TileKernels.NOTHING ? TileKernels.NOTHING
            : within[v] + index * right.stride(axis);
      }
    }
    for (int o = 0; o < outerLeft.length; o++) {
      for (int v = 0; v < run; v++) {
        l[o * run + v] = outerLeft[o] + v;
        r[o * run + v] = within[v] == TileKernels.NOTHING ? within[v] : outerRight[o] + within[v];
      }
    }
    return new DepthOrder(l, r, run);
  }
}
