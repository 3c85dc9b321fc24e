package org.dlm.runtime.kernel;

import java.util.Arrays;

/**
 * The columns of each panel as runs of consecutive elements of an operand.
 *
 * @param start the runs of panel p are {@code start[p] .. start[p + 1]}
 * @param from offset of a run's first element
 * @param lane where in the panel it belongs
 * @param length its elements
 */
record Runs(int[] start, int[] from, int[] lane, int[] length) {

  int count() {
    return from.length;
  }

  int count(int panel) {
    return start[panel + 1] - start[panel];
  }

  /** Runs too short to be worth a loop each. */
  boolean scattered(ColumnOrder order) {
    return count() * 3L > order.realBefore()[order.panels()];
  }

  /** For each panel whether a single run fills it. */
  boolean[] whole(ColumnOrder order) {
    boolean[] whole = new boolean[order.panels()];
    for (int p = 0; p < whole.length; p++) {
      whole[p] = count(p) == 1 && length[start[p]] == TileKernels.CHOSEN.columns();
    }
    return whole;
  }

  /** Runs of at most {@code longest}, of the lanes that hold columns of their own; gaps belong to none. */
  static Runs of(ColumnOrder order, int[] offsets, int longest) {
    int[] start = new int[order.panels() + 1];
    int[] from = new int[order.count() + order.panels()];
    int[] lane = new int[from.length];
    int[] length = new int[from.length];
    boolean result = offsets == order.out();
    int count = 0;
    for (int p = 0; p < order.panels(); p++) {
      int first = order.panelStart()[p];
      int to = first + order.width(p);
      for (int c = first + (result ? order.panelSkip()[p] : 0); c < to; ) {
        int end = c + 1;
        int most = Math.min(to, c + longest);
        while (end < most && offsets[end] == offsets[end - 1] + 1) {
          end++;
        }
        if (offsets[c] != TileKernels.NOTHING) {
          from[count] = offsets[c];
          lane[count] = c - first;
          length[count++] = end - c;
        }
        c = end;
      }
      start[p + 1] = count;
    }
    return new Runs(start, Arrays.copyOf(from, count), Arrays.copyOf(lane, count), Arrays.copyOf(length, count));
  }
}
