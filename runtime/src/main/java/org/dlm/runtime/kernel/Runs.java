package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.List;

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
    List<int[]> runs = new ArrayList<>();
    int[] start = new int[order.panels() + 1];
    boolean gaps = offsets == order.out();
    for (int p = 0; p < order.panels(); p++) {
      int first = order.panelStart()[p];
      int to = first + order.width(p);
      for (int c = first + (gaps ? order.panelSkip()[p] : 0); c < to; ) {
        int length = 1;
        while (c + length < to && length < longest && offsets[c + length] == offsets[c] + length) {
          length++;
        }
        if (offsets[c] != TileKernels.NOTHING) {
          runs.add(new int[] {offsets[c], c - first, length});
        }
        c += length;
      }
      start[p + 1] = runs.size();
    }
    return new Runs(start, runs.stream().mapToInt(run -> run[0]).toArray(), runs.stream().mapToInt(run -> run[1]).toArray(),
        runs.stream().mapToInt(run -> run[2]).toArray());
  }
}
