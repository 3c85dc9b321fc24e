package org.dlm.runtime.kernel;

import java.util.Arrays;

/**
 * Runs a contraction with a small result and a long depth, such as the weight gradient of a convolution, as inner
 * products with lanes along depth. The left operand is read where it lies, a vector at a time; the right one is copied
 * so that its floats meet those vectors, with zeros where a vector runs through a gap or begins early to end with its
 * run.
 */
final class LongRoute extends SidedRoute {
  private static final TileKernels KERNELS = TileKernels.CHOSEN;
  private static final int LANES = KERNELS.lanes();

  /** Floats of the copied right operand that a split works on: a quarter of a second cache. */
  private static final long HOT = 65_536;

  private static final int MOST_COLUMNS = 256;

  /** Cycles of a vector step of a tile of 4 by 4. */
  private static final double TILE_STEP = LANES >= 16 ? 17.5 : 10;

  private final int batches;
  private final int rows;
  private final int columns;
  private final int paddedColumns;
  private final int[] leftBatch;
  private final int[] rightBatch;
  private final int[] outBatch;
  private final int[] leftRows;
  private final int[] rightColumns;
  private final int[] outRows;
  private final int[] outColumns;

  /** Where the left vectors begin. */
  private final int[] vectors;

  /** Where the right vectors of a split begin: side by side. */
  private final int[] dense;

  private final int splits;
  private final int[] segmentsAt;
  private final int[] segmentFrom;
  private final int[] segmentTo;
  private final int[] segmentLength;
  private final int packedAt;
  private final long partialAt;

  private final Task pack = this::pack;
  private final Task dots = this::dots;
  private final Task sums = this::sums;

  private LongRoute(Sides sides, DepthOrder depth, Workspace workspace, int reserved, boolean accumulate) {
    super(sides, workspace, accumulate);
    batches = Sides.extent(sides.batch());
    rows = Sides.extent(sides.rows());
    columns = Sides.extent(sides.columns());
    paddedColumns = Math.ceilDiv(columns, 4) * 4;
    leftBatch = sides.left().table(sides.batch());
    rightBatch = sides.right().table(sides.batch());
    outBatch = sides.out().table(sides.batch());
    int[] table = sides.left().table(sides.rows());
    leftRows = Arrays.copyOf(table, Math.ceilDiv(rows, 4) * 4);
    Arrays.fill(leftRows, rows, leftRows.length, table[rows - 1]);
    rightColumns = sides.right().table(sides.columns());
    outRows = sides.out().table(sides.rows());
    outColumns = sides.out().table(sides.columns());
    int aRun = Math.ceilDiv(depth.run(), LANES);
    vectors = new int[depth.steps() / depth.run() * aRun];
    int[] met = new int[Math.multiplyExact(vectors.length, LANES)];
    for (int v = 0; v < vectors.length; v++) {
      int runStart = v / aRun * depth.run();
      int nominal = v % aRun * LANES;
      int from = Math.min(nominal, depth.run() - LANES);
      vectors[v] = depth.left()[runStart] + from;
      for (int lane = 0; lane < LANES; lane++) {
        met[v * LANES + lane] = from + lane < nominal ? TileKernels.NOTHING : depth.right()[runStart + from + lane];
      }
    }
    long hotSplits = Math.ceilDiv((long) met.length * paddedColumns, HOT);
    int tiles = batches * leftRows.length / 4;
    splits = Math.clamp(Math.max(hotSplits, Math.ceilDiv(16, tiles)), 1, Math.max(1, vectors.length / 32));
    dense = new int[Math.ceilDiv(vectors.length, splits)];
    Arrays.setAll(dense, v -> v * LANES);
    segmentsAt = new int[splits + 1];
    int[] from = new int[met.length];
    int[] to = new int[met.length];
    int[] length = new int[met.length];
    int count = 0;
    for (int s = 0; s < splits; s++) {
      for (int i = firstVector(s) * LANES; i < firstVector(s + 1) * LANES; ) {
        int end = i + 1;
        while (met[i] != TileKernels.NOTHING && end < firstVector(s + 1) * LANES && met[end] == met[end - 1] + 1) {
          end++;
        }
        if (met[i] != TileKernels.NOTHING) {
          from[count] = met[i];
          to[count] = i;
          length[count++] = end - i;
        }
        i = end;
      }
      segmentsAt[s + 1] = count;
    }
    segmentFrom = Arrays.copyOf(from, count);
    segmentTo = Arrays.copyOf(to, count);
    segmentLength = Arrays.copyOf(length, count);
    packedAt = Math.ceilDiv(reserved, 16) * 16 + TileScratch.ALIGNED;
    partialAt = packedAt + (long) batches * paddedColumns * met.length;
  }

  /**
   * The route, or null where the left operand has no runs of a vector, the result is not small, or the products alone
   * cost more than {@code limit}.
   */
  static LongRoute of(Sides sides, DepthOrder depth, Workspace workspace, int reserved, boolean accumulate,
      double limit) {
    int columns = Sides.extent(sides.columns());
    boolean fits = depth.run() >= LANES && columns <= MOST_COLUMNS && depth.steps() >= 16 * LANES;
    if (!fits) {
      return null;
    }
    double tiles = (double) Sides.extent(sides.batch()) * Math.ceilDiv(Sides.extent(sides.rows()), 4)
        * Math.ceilDiv(columns, 4);
    int vectors = depth.steps() / depth.run() * Math.ceilDiv(depth.run(), LANES);
    return tiles * vectors * TILE_STEP >= limit ? null : new LongRoute(sides, depth, workspace, reserved, accumulate);
  }

  @Override
  public String toString() {
    return "long inner products" + (sides.transposed() ? ", transposed" : "");
  }

  @Override
  public long workspaceFloats() {
    return partialAt + (long) batches * splits * leftRows.length * paddedColumns;
  }

  @Override
  public double cost() {
    double tiles = (double) batches * leftRows.length / 4 * paddedColumns / 4;
    double pack = (double) batches * columns * (vectors.length * 4.0 + segmentFrom.length * 25.0);
    return tiles * (vectors.length * TILE_STEP + splits * 250.0) + pack;
  }

  private int firstVector(int split) {
    return (int) ((long) split * vectors.length / splits);
  }

  @Override
  void run() {
    int lanesASplit = vectors.length / splits * LANES;
    Pool.run(pack, batches * splits * columns, Math.max(1, 16_384 / lanesASplit));
    int tiles = leftRows.length / 4;
    long work = (long) lanesASplit * 4 * paddedColumns;
    Pool.run(dots, batches * splits * tiles, Math.clamp(250_000 / work, 1, tiles));
    Pool.run(sums, batches * rows, Math.max(1, 8192 / (columns * splits)));
  }

  private int packed(int batch, int column) {
    return packedAt + (batch * paddedColumns + column) * vectors.length * LANES;
  }

  private void pack(int from, int to) {
    float[] packed = workspace.floats();
    for (int i = from; i < to; i++) {
      int column = i % columns;
      int split = i / columns % splits;
      int batch = i / columns / splits;
      int target = packed(batch, column);
      int source = bBase + rightBatch[batch] + rightColumns[column];
      Arrays.fill(packed, target + firstVector(split) * LANES, target + firstVector(split + 1) * LANES, 0);
      for (int s = segmentsAt[split]; s < segmentsAt[split + 1]; s++) {
        KERNELS.copy(b, source + segmentFrom[s], packed, target + segmentTo[s], segmentLength[s]);
      }
    }
  }

  private void dots(int from, int to) {
    int tiles = leftRows.length / 4;
    float[] lanes = TileScratch.of(0, 0).lanes;
    for (int i = from; i < to; i++) {
      int tile = i % tiles;
      int split = i / tiles % splits;
      int batch = i / tiles / splits;
      int first = firstVector(split);
      int partial = (int) partialAt + ((batch * splits + split) * tiles + tile) * 4 * paddedColumns;
      for (int column = 0; column < paddedColumns; column += 4) {
        // Columns that only fill the tile repeat the last one; nobody reads their sums.
        int most = columns - 1;
        KERNELS.dotsAt(a, aBase + leftBatch[batch], leftRows, tile * 4, vectors, first, firstVector(split + 1) - first,
            workspace.floats(), packed(batch, column) + first * LANES,
            packed(batch, Math.min(most, column + 1)) + first * LANES,
            packed(batch, Math.min(most, column + 2)) + first * LANES,
            packed(batch, Math.min(most, column + 3)) + first * LANES, dense, 0, lanes, 0, false);
        KERNELS.fold(lanes, 0, 16, workspace.floats(), partial + column * 4);
      }
    }
  }

  private void sums(int from, int to) {
    float[] partial = workspace.floats();
    int tiles = leftRows.length / 4;
    for (int i = from; i < to; i++) {
      int row = i % rows;
      int batch = i / rows;
      for (int column = 0; column < columns; column++) {
        int at = (int) partialAt + (batch * splits * tiles + row / 4) * 4 * paddedColumns + column * 4 + row % 4;
        float sum = partial[at];
        for (int s = 1; s < splits; s++) {
          sum += partial[at + s * tiles * 4 * paddedColumns];
        }
        int place = outBase + outBatch[batch] + outRows[row] + outColumns[column];
        out[place] = accumulate ? out[place] + sum : sum;
      }
      if (end != null) {
        sides.finish(end, batch, row, row + 1, 0, columns, columns);
      }
    }
  }
}
