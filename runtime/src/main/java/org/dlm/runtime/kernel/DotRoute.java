package org.dlm.runtime.kernel;

import java.util.Arrays;

/**
 * Runs a contraction as inner products, lanes along depth, nothing packed: for few columns, such as a layer applied to
 * one example, where each element of the larger operand is used once and reading it is all there is to do.
 */
final class DotRoute extends SidedRoute {
  private static final TileKernels KERNELS = TileKernels.CHOSEN;
  private static final int MOST_COLUMNS = 64;

  /** Multiply-adds of a piece; reading takes longer than in a tile. */
  private static final long PIECE = 60_000;

  private final int batches;
  private final int rows;
  private final int columns;
  private final int steps;
  private final int[] leftBatch;
  private final int[] rightBatch;
  private final int[] outBatch;
  private final int[] leftRows;
  private final int[] rightColumns;
  private final int[] outRows;
  private final int[] outColumns;

  private final Task task = this::pieces;
  private final int reserved;

  private DotRoute(Sides sides, int steps, Workspace workspace, int reserved, boolean accumulate) {
    super(sides, workspace, accumulate);
    this.reserved = reserved;
    this.steps = steps;
    batches = Sides.extent(sides.batch());
    rows = Sides.extent(sides.rows());
    columns = Sides.extent(sides.columns());
    leftBatch = sides.left().table(sides.batch());
    rightBatch = sides.right().table(sides.batch());
    outBatch = sides.out().table(sides.batch());
    int[] table = sides.left().table(sides.rows());
    leftRows = Arrays.copyOf(table, Math.ceilDiv(rows, 4) * 4);
    Arrays.fill(leftRows, rows, leftRows.length, table[rows - 1]);
    rightColumns = sides.right().table(sides.columns());
    outRows = sides.out().table(sides.rows());
    outColumns = sides.out().table(sides.columns());
  }

  /** The route, or null where an operand does not lie along depth or there are many columns. */
  static DotRoute of(Sides sides, DepthOrder depth, Workspace workspace, int reserved, boolean accumulate) {
    int columns = Sides.extent(sides.columns());
    if (columns > MOST_COLUMNS || depth.run() != depth.steps() || depth.steps() < KERNELS.lanes()) {
      return null;
    }
    for (int k = 1; k < depth.steps(); k++) {
      if (depth.right()[k] != k) {
        return null;
      }
    }
    return new DotRoute(sides, depth.steps(), workspace, reserved, accumulate);
  }

  @Override
  public String toString() {
    return "inner products" + (sides.transposed() ? ", transposed" : "");
  }

  @Override
  public long workspaceFloats() {
    return reserved;
  }

  @Override
  public double cost() {
    double vectors = (double) steps / KERNELS.lanes();
    int rest = steps % KERNELS.lanes();
    double ofOne = columns % 4 * (vectors * 1.6 + rest * 1.2);
    double ofFour = columns / 4 * (vectors * 4.2 + rest * 5);
    return batches * (double) leftRows.length * (ofOne + ofFour + columns * 14.0);
  }

  @Override
  void run() {
    int tiles = leftRows.length / 4;
    long work = 4L * columns * steps;
    int grain = Math.clamp(Math.max(PIECE, work * batches * tiles / 64) / work, 1, Math.max(1, batches * tiles));
    Pool.run(task, batches * tiles, Route.evenGrain(batches * tiles, grain));
  }

  private void pieces(int from, int to) {
    int tiles = leftRows.length / 4;
    TileScratch scratch = TileScratch.of(0, 4 * columns + 16);
    for (int i = from; i < to; ) {
      int batch = i / tiles;
      int first = i % tiles;
      int stop = Math.min(tiles, first + to - i);
      for (int t = first; t < stop; t++) {
        tile(batch, t * 4, scratch.lanes, scratch.tiles);
      }
      if (end != null) {
        sides.finish(end, batch, first * 4, Math.min(rows, stop * 4), 0, columns, columns);
      }
      i += stop - first;
    }
  }

  private void tile(int batch, int row, float[] lanes, float[] sums) {
    int aAt = aBase + leftBatch[batch];
    int bAt = bBase + rightBatch[batch];
    int column = 0;
    for (; column + 4 <= columns; column += 4) {
      KERNELS.dots(a, aAt, leftRows, row, b, bAt, rightColumns, column, steps, lanes, sums, column * 4);
    }
    for (; column < columns; column++) {
      KERNELS.dotsOfOne(a, aAt, leftRows, row, b, bAt + rightColumns[column], steps, lanes, sums, column * 4);
    }
    int to = outBase + outBatch[batch];
    for (int i = 0; i < Math.min(4, rows - row); i++) {
      for (int j = 0; j < columns; j++) {
        int place = to + outRows[row + i] + outColumns[j];
        out[place] = (accumulate ? out[place] : 0) + sums[j * 4 + i];
      }
    }
  }
}
