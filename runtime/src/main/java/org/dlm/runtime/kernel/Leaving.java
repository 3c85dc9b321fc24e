package org.dlm.runtime.kernel;

/** How finished tiles get into a result whose columns do not lie side by side. */
final class Leaving {
  private Leaving() {}

  private static final int WIDTH = TileKernels.CHOSEN.columns();

  static void copy(float[] tile, int at, float[] out, int base, int[] outRows, int row, int height, int[] outColumns,
      int column, int width, boolean lined, boolean add) {
    if (lined) {
      for (int i = 0; i < height; i++) {
        line(tile, at + i * WIDTH, out, base + outRows[row + i] + outColumns[column], width, add);
      }
    } else {
      for (int j = 0; j < width; j++) {
        scatter(tile, at + j, out, base + outColumns[column + j], outRows, row, height, add);
      }
    }
  }

  private static void line(float[] tile, int at, float[] out, int to, int width, boolean add) {
    if (add) {
      for (int j = 0; j < width; j++) {
        out[to + j] += tile[at + j];
      }
    } else {
      for (int j = 0; j < width; j++) {
        out[to + j] = tile[at + j];
      }
    }
  }

  private static void scatter(float[] tile, int at, float[] out, int to, int[] outRows, int row, int height, boolean add) {
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
