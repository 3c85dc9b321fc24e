package org.dlm.runtime.kernel;

/**
 * Runs a contraction with the examples of a batch in the lanes: the right operand is copied so that they lie side by
 * side, every lane then does the same, whatever the size of the images, and the result is put back block by block.
 */
final class BatchRoute extends SidedRoute {
  private static final TileKernels KERNELS = TileKernels.CHOSEN;

  /** Floats between packed tiles: at powers of two all of them would meet in the same few places of the caches. */
  private static final int APART = 16;

  private final BatchPlan plan;
  private final int leftPackedAt;
  private final int[] lines;
  private final int[] tileLines;

  private final Task packLeft = this::packLeft;
  private final Task packSteps = this::packSteps;
  private final Task pieces = this::pieces;

  BatchRoute(BatchPlan plan, Workspace workspace, boolean accumulate) {
    super(new Sides(plan.sides.transposed(), plan.sides.left(), plan.image.operand(), plan.sides.out(),
        plan.sides.batch(), 1, plan.sides.rows(), plan.sides.columns(), plan.sides.depth()), workspace, accumulate);
    this.plan = plan;
    Operand left = plan.sides.left();
    int reserved = left.staging == null ? 0 : Math.addExact(left.stagedAt, left.staging.size());
    leftPackedAt = Math.ceilDiv(plan.image.place(reserved), 16) * 16 + TileScratch.ALIGNED;
    lines = plan.rightDepth;
    tileLines = new int[plan.paddedRows()];
    for (int i = 0; i < tileLines.length; i++) {
      tileLines[i] = i * plan.blockFloats;
    }
  }

  @Override
  public String toString() {
    return "batch in the lanes" + (sides.transposed() ? ", transposed" : "") + ", " + (plan.blockFrom.length - 1) + "x"
        + plan.tileGroups + " pieces";
  }

  @Override
  public long workspaceFloats() {
    return leftPackedAt + packedLeftFloats();
  }

  @Override
  public double cost() {
    return plan.cost;
  }

  @Override
  void keep() {
    if (plan.keeps) {
      kept = kept == null ? new float[Math.toIntExact(TileScratch.ALIGNED + packedLeftFloats())] : kept;
      packLeft();
    }
  }

  @Override
  void run() {
    if (kept == null) {
      packLeft();
    }
    Pool.run(pieces, plan.leftBatch.length * (plan.blockFrom.length - 1) * plan.tileGroups, 1);
  }

  private void packLeft() {
    int tiles = plan.tileHeight.length;
    if (plan.depthOutside) {
      Pool.run(packSteps, TilePlan.distinct(plan.leftBatch) * plan.steps, Math.max(1, 8192 / plan.paddedRows()));
    } else {
      Pool.run(packLeft, TilePlan.distinct(plan.leftBatch) * tiles, Math.max(1, 4096 / plan.steps));
    }
  }

  private long packedLeftFloats() {
    return (long) TilePlan.distinct(plan.leftBatch) * packedFloats();
  }

  /** Where the packed left operand is. */
  private float[] packed() {
    return kept == null ? workspace.floats() : kept;
  }

  /** Tile by tile: each row is read once from its start to its end. */
  private void packLeft(int from, int to) {
    int tiles = plan.tileHeight.length;
    for (int i = from; i < to; i++) {
      int t = i % tiles;
      int height = plan.tileHeight[t];
      int packed = leftPacked(i / tiles, t);
      int base = aBase + plan.leftBatch[i / tiles];
      for (int row = 0; row < height; row += 2) {
        twoRows(base + plan.leftRows[plan.tileRow[t] + row], base + plan.leftRows[plan.tileRow[t] + row + 1], height,
            packed + row);
      }
    }
  }

  private void twoRows(int a0, int a1, int height, int at) {
    float[] packed = packed();
    for (int k : plan.packingOrder) {
      int depth = plan.leftDepth[k];
      packed[at + k * height] = a[a0 + depth];
      packed[at + k * height + 1] = a[a1 + depth];
    }
  }

  /** Step by step, all rows of each. */
  private void packSteps(int from, int to) {
    float[] packed = packed();
    for (int i = from; i < to; i++) {
      int batch = i / plan.steps;
      int k = plan.packingOrder[i % plan.steps];
      int source = aBase + plan.leftBatch[batch] + plan.leftDepth[k];
      for (int t = 0; t < plan.tileHeight.length; t++) {
        int height = plan.tileHeight[t];
        int at = leftPacked(batch, t) + k * height;
        for (int row = 0; row < height; row++) {
          packed[at + row] = a[source + plan.leftRows[plan.tileRow[t] + row]];
        }
      }
    }
  }

  private int leftPacked(int batch, int t) {
    int entry = TilePlan.distinct(plan.leftBatch) == 1 ? 0 : batch;
    return (kept == null ? leftPackedAt : TileScratch.ALIGNED) + entry * packedFloats() + plan.tileRow[t] * plan.steps
        + t * APART;
  }

  private int packedFloats() {
    return plan.paddedRows() * plan.steps + plan.tileHeight.length * APART;
  }

  private void pieces(int from, int to) {
    int blocks = plan.blockFrom.length - 1;
    for (int i = from; i < to; i++) {
      int group = i % plan.tileGroups;
      int block = i / plan.tileGroups % blocks;
      piece(i / plan.tileGroups / blocks, block, group * plan.tilesAGroup,
          Math.min(plan.tileHeight.length, (group + 1) * plan.tilesAGroup));
    }
  }

  private void piece(int batch, int block, int tileFrom, int tileTo) {
    int rowFrom = plan.tileRow[tileFrom];
    int rowsPadded = plan.tileRow[tileTo - 1] + plan.tileHeight[tileTo - 1] - rowFrom;
    TileScratch scratch = TileScratch.of(0, rowsPadded * plan.blockFloats);
    int first = plan.lineFrom[plan.blockFrom[block]];
    for (int line = plan.blockFrom[block]; line < plan.blockFrom[block + 1]; line++) {
      int column = plan.lineFrom[line];
      int at = TileScratch.ALIGNED + (column - first) * plan.padded - rowFrom * plan.blockFloats;
      for (int p = plan.panelFrom[line]; p < plan.panelFrom[line + 1]; p++) {
        panel(scratch.tiles, at + plan.panelAt[p], batch,
            bBase + plan.rightBatch[batch] + plan.rightColumns[column] + plan.panelAt[p], p, tileFrom, tileTo);
      }
    }
    int columnTo = plan.lineFrom[plan.blockFrom[block + 1]];
    int rowTo = Math.min(plan.rows, rowFrom + rowsPadded);
    if (plan.sideBySide[block] && !accumulate) {
      for (int row = rowFrom; row < rowTo; row++) {
        KERNELS.transpose(scratch.tiles, TileScratch.ALIGNED + (row - rowFrom) * plan.blockFloats, plan.padded, out,
            outBase + plan.outBatch[batch] + plan.outRows[row] + plan.outColumns[first], plan.outStep,
            columnTo - first, plan.examples);
      }
    } else {
      scatter(scratch.tiles, rowFrom, rowTo, first, columnTo, outBase + plan.outBatch[batch]);
    }
    if (end != null) {
      for (int n = 0; n < plan.examples; n++) {
        sides.finish(end, plan.entry[batch] + n * plan.entryStep, rowFrom, rowTo, first, columnTo, plan.columns);
      }
    }
  }

  private void panel(float[] tile, int at, int batch, int right, int p, int tileFrom, int tileTo) {
    for (int piece = plan.pieceFrom[p]; piece < plan.pieceFrom[p + 1]; piece++) {
      int k = plan.pieceAt[piece];
      for (int t = tileFrom; t < tileTo; t++) {
        int height = plan.tileHeight[t];
        KERNELS.packed(height, packed(), leftPacked(batch, t) + k * height, b, right, lines, k,
            plan.pieceLength[piece], tile, at, tileLines, plan.tileRow[t], piece > plan.pieceFrom[p]);
      }
    }
  }

  /** Puts a block where each example has it, one example after the other. */
  private void scatter(float[] tile, int rowFrom, int rowTo, int columnFrom, int columnTo, int to) {
    for (int n = 0; n < plan.examples; n++) {
      for (int row = rowFrom; row < rowTo; row++) {
        int from = TileScratch.ALIGNED + (row - rowFrom) * plan.blockFloats + n;
        int place = to + n * plan.outStep + plan.outRows[row];
        if (accumulate) {
          addLine(tile, from, plan.padded, out, place, plan.outColumns, columnFrom, columnTo);
        } else {
          line(tile, from, plan.padded, out, place, plan.outColumns, columnFrom, columnTo);
        }
      }
    }
  }

  private static void line(float[] tile, int from, int apart, float[] out, int place, int[] columns, int columnFrom,
      int columnTo) {
    int at = from;
    for (int column = columnFrom; column < columnTo; column++) {
      out[place + columns[column]] = tile[at];
      at += apart;
    }
  }

  private static void addLine(float[] tile, int from, int apart, float[] out, int place, int[] columns, int columnFrom,
      int columnTo) {
    int at = from;
    for (int column = columnFrom; column < columnTo; column++) {
      out[place + columns[column]] += tile[at];
      at += apart;
    }
  }
}
