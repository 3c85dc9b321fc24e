package org.dlm.runtime.kernel;

import java.util.stream.IntStream;

/**
 * Runs a contraction with a single row whose right operand has its columns side by side: a vector times a matrix, read
 * once where it lies.
 */
final class SingleRoute extends SidedRoute {
  private static final TileKernels KERNELS = TileKernels.CHOSEN;
  private static final int WIDTH = KERNELS.singleColumns();

  /** Multiply-adds of a piece; reading takes longer than in a tile. */
  private static final long PIECE = 60_000;

  private final int batches;
  private final int columns;
  private final int panels;
  private final int[] leftBatch;
  private final int[] rightBatch;
  private final int[] outBatch;
  private final int[] rightColumns;
  private final int[] outColumns;
  private final boolean outLined;
  private final DepthOrder depth;
  private final int leftAt;

  /** The right operand with its panels of columns one behind the other, where it may stay the same over many runs. */
  private final long keptSize;
  private final int packedAt;
  private final int[] keptDepth;

  private final Task task = this::pieces;
  private final Task pack = this::pack;

  private SingleRoute(Sides sides, DepthOrder depth, Workspace workspace, int reserved, boolean accumulate,
      boolean kept) {
    super(sides, workspace, accumulate);
    batches = Sides.extent(sides.batch());
    columns = Sides.extent(sides.columns());
    panels = Math.ceilDiv(columns, WIDTH);
    leftBatch = sides.left().table(sides.batch());
    rightBatch = sides.right().table(sides.batch());
    outBatch = sides.out().table(sides.batch());
    rightColumns = sides.right().table(sides.columns());
    outColumns = sides.out().table(sides.columns());
    outLined = lined(outColumns);
    this.depth = depth;
    leftAt = reserved;
    packedAt = Math.ceilDiv(reserved + batches * depth.steps(), 16) * 16 + TileScratch.ALIGNED;
    keptSize = TileScratch.ALIGNED + (long) TilePlan.distinct(rightBatch) * panels * depth.steps() * WIDTH;
    keptDepth = kept ? IntStream.range(0, depth.steps()).map(k -> k * WIDTH).toArray() : null;
  }

  /** The route, or null where it does not fit. */
  static SingleRoute of(Sides sides, DepthOrder depth, Workspace workspace, int reserved, boolean accumulate,
      Kept kept) {
    if (Sides.extent(sides.rows()) != 1 || Sides.extent(sides.columns()) < WIDTH
        || !kept.columns(sides) && !lined(sides.right().table(sides.columns()))) {
      return null;
    }
    return new SingleRoute(sides, depth, workspace, reserved, accumulate, kept.columns(sides));
  }

  private static boolean lined(int[] offsets) {
    for (int i = 1; i < offsets.length; i++) {
      if (offsets[i] != offsets[i - 1] + 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return "one row" + (keptDepth == null ? "" : ", right kept") + (sides.transposed() ? ", transposed" : "");
  }

  @Override
  public long workspaceFloats() {
    return leftAt + (long) batches * depth.steps();
  }

  @Override
  public double cost() {
    return batches * (panels * (double) WIDTH / KERNELS.lanes() * 1.5 + 1.5) * depth.steps();
  }

  @Override
  public void makeRoom() {
    if (keptDepth != null && kept == null) {
      workspace.reserve(Math.toIntExact(packedAt + keptSize));
    }
  }

  @Override
  void keep() {
    if (keptDepth != null) {
      kept = kept == null ? new float[Math.toIntExact(keptSize)] : kept;
      Pool.run(pack, TilePlan.distinct(rightBatch) * panels, 1);
    }
  }

  /** Where the panels are, one behind the other. */
  private float[] packed() {
    return kept == null ? workspace.floats() : kept;
  }

  private int packedAt(int panel) {
    return (kept == null ? packedAt : TileScratch.ALIGNED) + panel * depth.steps() * WIDTH;
  }

  private void pack(int from, int to) {
    float[] packed = packed();
    for (int i = from; i < to; i++) {
      int start = start(i % panels);
      int source = bBase + rightBatch[i / panels];
      int target = packedAt(i);
      if (lined(depth.right()) && isEven(start)) {
        KERNELS.transpose(b, source + rightColumns[start], rightColumns[start + 1] - rightColumns[start], packed,
            target, WIDTH, WIDTH, depth.steps());
      } else {
        scattered(source, start, packed, target);
      }
    }
  }

  /** Whether the panel's columns begin at equal distances. */
  private boolean isEven(int start) {
    for (int j = start + 2; j < start + WIDTH; j++) {
      if (rightColumns[j] - rightColumns[j - 1] != rightColumns[start + 1] - rightColumns[start]) {
        return false;
      }
    }
    return true;
  }

  private void scattered(int source, int start, float[] packed, int target) {
    for (int k = 0; k < depth.steps(); k++) {
      for (int j = 0; j < WIDTH; j++) {
        packed[target + k * WIDTH + j] = b[source + rightColumns[start + j] + depth.right()[k]];
      }
    }
  }

  /** The last panel begins early enough to be whole; the columns done twice are left out. */
  private int start(int panel) {
    return Math.min(panel * WIDTH, columns - WIDTH);
  }

  @Override
  void run() {
    if (keptDepth != null && kept == null) {
      Pool.run(pack, TilePlan.distinct(rightBatch) * panels, 1);
    }
    for (int batch = 0; batch < batches; batch++) {
      gather(aBase + leftBatch[batch], leftAt + batch * depth.steps());
    }
    long work = (long) WIDTH * depth.steps();
    int grain = Math.clamp(Math.max(PIECE, work * batches * panels / 64) / work, 1, batches * panels);
    Pool.run(task, batches * panels, Route.evenGrain(batches * panels, grain));
  }

  private void gather(int from, int to) {
    float[] row = workspace.floats();
    for (int k = 0; k < depth.steps(); k++) {
      row[to + k] = a[from + depth.left()[k]];
    }
  }

  private void pieces(int from, int to) {
    TileScratch scratch = TileScratch.of(0, WIDTH);
    for (int i = from; i < to; i++) {
      int batch = i / panels;
      int column = i % panels * WIDTH;
      int width = Math.min(WIDTH, columns - column);
      int start = start(i % panels);
      int row = leftAt + batch * depth.steps();
      if (keptDepth != null) {
        int entry = TilePlan.distinct(rightBatch) == 1 ? i % panels : i;
        KERNELS.single(workspace.floats(), row, packed(), packedAt(entry), keptDepth, depth.steps(), scratch.tiles, 0,
            false);
      } else {
        KERNELS.single(workspace.floats(), row, b, bBase + rightBatch[batch] + rightColumns[start], depth.right(),
            depth.steps(), scratch.tiles, 0, false);
      }
      leave(scratch.tiles, column - start, outBase + outBatch[batch], column, width);
      if (end != null) {
        sides.finish(end, batch, 0, 1, column, column + width, columns);
      }
    }
  }

  private void leave(float[] tile, int lane, int to, int column, int width) {
    if (outLined && !accumulate) {
      System.arraycopy(tile, lane, out, to + outColumns[column], width);
      return;
    }
    for (int j = 0; j < width; j++) {
      int place = to + outColumns[column + j];
      out[place] = (accumulate ? out[place] : 0) + tile[lane + j];
    }
  }
}
