package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One of the two ways to look at a contraction: its rows from the left operand, or, transposed, from the right one.
 * Batch axes on which only the columns' operand moves may have been folded into the columns, in front of them.
 *
 * @param folded number of batch entries in a row of columns
 */
record Sides(boolean transposed, Operand left, Operand right, Operand out, List<ContractionAxis> batch, int folded,
    List<ContractionAxis> rows, List<ContractionAxis> columns, List<ContractionAxis> depth) {

  static int extent(List<ContractionAxis> axes) {
    int extent = 1;
    for (ContractionAxis axis : axes) {
      extent = Math.multiplyExact(extent, axis.extent());
    }
    return extent;
  }

  static Sides of(boolean transposed, Operand left, Operand right, Operand out, Map<String, ContractionAxis> axes) {
    return new Sides(transposed, transposed ? right : left, transposed ? left : right, out,
        group(axes, ContractionAxis.Role.BATCH), 1,
        group(axes, transposed ? ContractionAxis.Role.COLUMN : ContractionAxis.Role.ROW),
        group(axes, transposed ? ContractionAxis.Role.ROW : ContractionAxis.Role.COLUMN),
        group(axes, ContractionAxis.Role.DEPTH));
  }

  private static List<ContractionAxis> group(Map<String, ContractionAxis> axes, ContractionAxis.Role role) {
    return axes.values().stream().filter(axis -> axis.role() == role).toList();
  }

  /** The same with the last batch axes that do not move the left operand as columns. */
  Sides fold() {
    List<ContractionAxis> stays = new ArrayList<>(batch);
    List<ContractionAxis> moved = new ArrayList<>();
    while (!stays.isEmpty() && left.stride(stays.getLast()) == 0) {
      moved.addFirst(stays.removeLast());
    }
    int entries = extent(moved);
    moved.addAll(columns);
    return new Sides(transposed, left, right, out, stays, entries, rows, moved, depth);
  }

  /** Tells the end which rows and columns, in its own terms, are finished. */
  void finish(End end, int batchEntry, int rowFrom, int rowTo, int columnFrom, int columnTo, int columnsAnEntry) {
    for (int from = columnFrom; from < columnTo; ) {
      int entry = from / columnsAnEntry;
      int to = Math.min(columnTo, (entry + 1) * columnsAnEntry);
      int start = from - entry * columnsAnEntry;
      int stop = to - entry * columnsAnEntry;
      if (transposed) {
        end.apply(batchEntry * folded + entry, start, stop, rowFrom, rowTo);
      } else {
        end.apply(batchEntry * folded + entry, rowFrom, rowTo, start, stop);
      }
      from = to;
    }
  }
}
