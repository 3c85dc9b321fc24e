package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The columns as panels see them: those of the contraction in their order or, where a window slides over an image wider
 * than the result, the whole memory between the first and the last of them, so that a panel can be read where it lies.
 * What is computed in the gaps is thrown away.
 *
 * @param right offsets in the right operand
 * @param out offsets in the result, {@link TileKernels#NOTHING} in gaps
 * @param panelStart first column of each panel; the last begins early where it may, to be whole
 * @param panelSkip how many of its first columns an earlier panel has done
 * @param realBefore columns of the contraction before each panel's own, and at the end all of them
 */
record ColumnOrder(int[] right, int[] out, int[] panelStart, int[] panelSkip, int[] realBefore) {
  private static final int WIDTH = TileKernels.CHOSEN.columns();

  int count() {
    return right.length;
  }

  int panels() {
    return panelStart.length;
  }

  /** Lanes of the panel that hold columns. */
  int width(int panel) {
    return Math.min(WIDTH, count() - panelStart[panel]);
  }

  static ColumnOrder plain(Sides sides) {
    return panels(sides.right().table(sides.columns()), sides.out().table(sides.columns()), false);
  }

  /** The order through gaps, or null where there are none to go through. */
  static ColumnOrder throughGaps(Sides sides) {
    Operand image = sides.right();
    List<ContractionAxis> outer = new ArrayList<>(sides.columns());
    outer.removeIf(axis -> axis.extent() == 1);
    List<ContractionAxis> inner = new ArrayList<>();
    int run = 1;
    int elements = 1;
    boolean gaps = false;
    while (!outer.isEmpty()) {
      ContractionAxis next = outer.getLast();
      int stride = image.stride(next);
      boolean gap = !inner.isEmpty() && stride > run
          && (next.extent() - 1L) * stride + run <= 2L * elements * next.extent() && image.ownsGaps(stride);
      if (stride != run && !gap) {
        break;
      }
      gaps |= gap;
      run = (next.extent() - 1) * stride + run;
      elements *= next.extent();
      inner.addFirst(next);
      outer.removeLast();
    }
    return gaps ? build(sides, outer, inner, run) : null;
  }

  private static ColumnOrder build(Sides sides, List<ContractionAxis> outer, List<ContractionAxis> inner, int run) {
    int[] outerRight = sides.right().table(outer);
    int[] outerOut = sides.out().table(outer);
    int[] innerOut = new int[run];
    Arrays.fill(innerOut, TileKernels.NOTHING);
    int[] places = sides.right().table(inner);
    int[] results = sides.out().table(inner);
    for (int i = 0; i < places.length; i++) {
      innerOut[places[i]] = results[i];
    }
    int[] right = new int[Math.multiplyExact(outerRight.length, run)];
    int[] out = new int[right.length];
    for (int i = 0; i < right.length; i++) {
      int result = innerOut[i % run];
      right[i] = outerRight[i / run] + i % run;
      out[i] = result == TileKernels.NOTHING ? result : outerOut[i / run] + result;
    }
    return panels(right, out, outerRight.length == 1);
  }

  private static ColumnOrder panels(int[] right, int[] out, boolean lastBeginsEarly) {
    int panels = Math.ceilDiv(right.length, WIDTH);
    int[] start = new int[panels];
    int[] skip = new int[panels];
    int[] real = new int[panels + 1];
    for (int p = 0; p < panels; p++) {
      start[p] = p * WIDTH;
      real[p + 1] = real[p];
      for (int c = p * WIDTH; c < Math.min(right.length, (p + 1) * WIDTH); c++) {
        real[p + 1] += out[c] == TileKernels.NOTHING ? 0 : 1;
      }
    }
    if (lastBeginsEarly && right.length >= WIDTH) {
      skip[panels - 1] = panels * WIDTH - right.length;
      start[panels - 1] -= skip[panels - 1];
    }
    return new ColumnOrder(right, out, start, skip, real);
  }
}
