package org.dlm.runtime.kernel;

/** How finished tiles get into a result whose columns do not lie side by side. */
final class Leaving {
  private Leaving() {}

  private static final int WIDTH = TileKernels.CHOSEN.columns();

  /** Copies the rows {@code row .. row + height} of a tile of panel {@code p}. */
  static void copy(TilePlan plan, int p, float[] tile, int at, float[] out, int base, int row, int height,
      boolean add) {
    Runs runs = plan.outRuns;
    ColumnOrder order = plan.order;
    if (runs.scattered(order)) {
      int start = order.panelStart()[p];
      for (int j = order.panelSkip()[p]; j < order.width(p); j++) {
        if (order.out()[start + j] != TileKernels.NOTHING) {
          scatter(tile, at + j, out, base + order.out()[start + j], plan.outRows, row, height, add);
        }
      }
      return;
    }
    for (int i = 0; i < height; i++) {
      int to = base + plan.outRows[row + i];
      for (int r = runs.start()[p]; r < runs.start()[p + 1]; r++) {
        line(tile, at + i * WIDTH + runs.lane()[r], out, to + runs.from()[r], runs.length()[r], add);
      }
    }
  }

  private static void line(float[] tile, int at, float[] out, int to, int width, boolean add) {
    if (add) {
      for (int j = 0; j < width; j++) {
        out[to + j] += tile[at + j];
      }
    } else {
      TileKernels.CHOSEN.copy(tile, at, out, to, width);
    }
  }

  private static void scatter(float[] tile, int at, float[] out, int to, int[] outRows, int row, int height,
      boolean add) {
    for (int i = 0; i < height; i++) {
      int place = to + outRows[row + i];
      out[place] = (add ? out[place] : 0) + tile[at + i * WIDTH];
    }
  }

  /** Adds {@code splits - 1} further copies, {@code apart} floats from each other, to the first. */
  static void sum(float[] partial, int at, int count, int splits, int apart) {
    for (int s = 1; s < splits; s++) {
      int from = at + s * apart;
      for (int i = 0; i < count; i++) {
        partial[at + i] += partial[from + i];
      }
    }
  }
}
