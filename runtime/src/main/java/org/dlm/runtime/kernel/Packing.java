package org.dlm.runtime.kernel;

/** Copies operands into the order in which the tiles read them. */
final class Packing {
  private Packing() {}

  private static final int WIDTH = TileKernels.CHOSEN.columns();

  /** Floats of a panel with room for the last vector written past its end. */
  static int panelSize(int depth) {
    return Math.multiplyExact(depth, WIDTH) + TileKernels.CHOSEN.lanes();
  }

  /** Lines {@code k .. k + depth} of the panel {@code p}, one for each step of depth. */
  static void panel(TilePlan plan, int p, float[] b, int bBase, int k, int depth, float[] panel, int at) {
    if (!plan.gather) {
      Runs runs = plan.rightRuns;
      TileKernels.CHOSEN.packRuns(b, bBase, plan.depth.right(), k, depth, runs.from(), runs.lane(), runs.length(),
          runs.start()[p], runs.start()[p + 1], panel, at);
      return;
    }
    int from = plan.order.panelStart()[p];
    int j = 0;
    if (sideBySide(plan.depth.right(), k, depth)) {
      int[] columns = plan.order.right();
      int base = bBase + plan.depth.right()[k];
      for (; j + 4 <= plan.order.width(p); j += 4) {
        fourLanes(b, base + columns[from + j], base + columns[from + j + 1], base + columns[from + j + 2],
            base + columns[from + j + 3], depth, panel, at + j);
      }
    }
    for (; j < plan.order.width(p); j++) {
      lane(b, bBase + plan.order.right()[from + j], plan.depth.right(), k, depth, panel, at + j);
    }
  }

  /** Four columns of which each lies along depth. */
  private static void fourLanes(float[] b, int b0, int b1, int b2, int b3, int depth, float[] panel, int at) {
    for (int i = 0; i < depth; i++) {
      panel[at + i * WIDTH] = b[b0 + i];
      panel[at + i * WIDTH + 1] = b[b1 + i];
      panel[at + i * WIDTH + 2] = b[b2 + i];
      panel[at + i * WIDTH + 3] = b[b3 + i];
    }
  }

  private static void lane(float[] b, int bBase, int[] bDepth, int k, int depth, float[] panel, int at) {
    for (int i = 0; i < depth; i++) {
      int offset = bDepth[k + i];
      panel[at + i * WIDTH] = offset == TileKernels.NOTHING ? 0 : b[bBase + offset];
    }
  }

  /**
   * The rows of the tiles {@code from .. to}, interleaved, over {@code depth} steps from {@code k} on; {@code at} is
   * where the first tile begins and {@code apart} how far the next one is behind it, apart from its rows.
   */
  static void tiles(TilePlan plan, int from, int to, float[] a, int aBase, int k, int depth, float[] packed, int at,
      int apart) {
    int t = from;
    if (plan.evenTiles > from + 1) {
      t = Math.min(to, plan.evenTiles);
      TileKernels.CHOSEN.packTiles(a, aBase + plan.leftRows[plan.tileRow[from]], plan.depth.left(), k, depth, t - from,
          packed, at + k * plan.tileHeight[from], plan.tileHeight[from] * plan.depth.steps() + apart);
    }
    for (; t < to; t++) {
      int start = at + (plan.tileRow[t] - plan.tileRow[from]) * plan.depth.steps() + (t - from) * apart;
      tile(plan.leftRows, plan.tileRow[t], plan.tileHeight[t], plan.depth.left(), k, depth, a, aBase, packed,
          start + k * plan.tileHeight[t]);
    }
  }

  /** Rows {@code row .. row + height}, interleaved, over {@code depth} steps from {@code k} on. */
  private static void tile(int[] rows, int row, int height, int[] depths, int k, int depth, float[] a, int aBase,
      float[] packed, int at) {
    if (sideBySide(rows, row, height)) {
      TileKernels.CHOSEN.packColumns(a, aBase + rows[row], depths, k, depth, height, packed, at);
      return;
    }
    for (int i = 0; i < height; i++) {
      row(a, aBase + rows[row + i], depths, k, depth, height, packed, at + i);
    }
  }

  static boolean sideBySide(int[] offsets, int from, int count) {
    for (int i = from + 1; i < from + count; i++) {
      if (offsets[i] != offsets[i - 1] + 1) {
        return false;
      }
    }
    return true;
  }

  private static void row(float[] a, int aBase, int[] aDepth, int k, int depth, int height, float[] packed, int at) {
    for (int i = 0; i < depth; i++) {
      packed[at + i * height] = a[aBase + aDepth[k + i]];
    }
  }
}
