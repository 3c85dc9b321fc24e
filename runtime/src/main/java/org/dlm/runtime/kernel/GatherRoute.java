package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Runs a contraction whose columns, such as output channels, fill a vector: they are the lanes, and rows, such as
 * pixels, are read one number at a time where they lie, wherever that is, so that no window is ever copied. The result
 * is turned around tile by tile.
 */
final class GatherRoute extends SidedRoute {
  private static final TileKernels KERNELS = TileKernels.CHOSEN;
  private static final int LANES = KERNELS.lanes();
  private static final int HEIGHT = TileKernels.GATHERED;

  /** Steps of depth whose lines of the right operand stay in the first cache. */
  private static final int LONGEST = 256;

  private static final int MOST_FLOATS = 65_536;

  /** Cycles of a step of depth of a tile. */
  private static final double STEP = LANES >= 16 ? 10.5 : 8;

  private final int rows;
  private final int columns;
  private final int panels;
  private final int[] leftBatch;
  private final int[] rightBatch;
  private final int[] outBatch;
  private final int[] leftRows;
  private final int[] rightColumns;
  private final int[] outRows;
  private final int[] outColumns;
  private final int[] leftDepth;
  private final int[] rightDepth;

  /** Where runs of consecutive steps of the right operand begin, and the end. */
  private final int[] runs;

  private final int packedAt;
  private final boolean keeps;
  private final Task pack = this::pack;
  private final Task entries = this::entries;

  private GatherRoute(Sides sides, List<ContractionAxis> depth, Workspace workspace, int reserved, boolean keeps) {
    super(sides, workspace, false);
    this.keeps = keeps;
    rows = Sides.extent(sides.rows());
    columns = Sides.extent(sides.columns());
    panels = Math.ceilDiv(columns, LANES);
    leftBatch = sides.left().table(sides.batch());
    rightBatch = sides.right().table(sides.batch());
    outBatch = sides.out().table(sides.batch());
    leftRows = TilePlan.paddedTo(Math.ceilDiv(rows, HEIGHT) * HEIGHT, sides.left().table(sides.rows()));
    rightColumns = sides.right().table(sides.columns());
    outRows = sides.out().table(sides.rows());
    outColumns = sides.out().table(sides.columns());
    leftDepth = sides.left().table(depth);
    rightDepth = sides.right().table(depth);
    runs = runs(rightDepth);
    packedAt = Math.ceilDiv(reserved, 16) * 16 + TileScratch.ALIGNED;
  }

  private static int[] runs(int[] places) {
    List<Integer> begin = new ArrayList<>();
    for (int k = 0; k < places.length; k++) {
      if (k == 0 || places[k] != places[k - 1] + 1) {
        begin.add(k);
      }
    }
    begin.add(places.length);
    return begin.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The route, or null where the result or the columns' operand do not lie as it needs them, or it costs too much. */
  static GatherRoute of(Sides sides, Workspace workspace, int reserved, boolean accumulate, Kept kept, double limit) {
    long steps = Sides.extent(sides.depth());
    int columns = Sides.extent(sides.columns());
    long rows = Sides.extent(sides.rows());
    double products = (double) Sides.extent(sides.batch()) * Math.ceilDiv(columns, LANES)
        * Math.ceilDiv(rows, HEIGHT) * steps * STEP;
    boolean small = Math.ceilDiv(columns, LANES) * LANES * (rows + steps) <= MOST_FLOATS;
    if (accumulate || !KERNELS.tall() || products >= limit || columns < LANES / 2 || rows < HEIGHT || !small) {
      return null;
    }
    List<ContractionAxis> depth = new ArrayList<>(sides.depth());
    depth.sort(Comparator.comparingInt(axis -> -Math.abs(sides.right().stride(axis))));
    GatherRoute route = new GatherRoute(sides, depth, workspace, reserved, kept.columns(sides));
    return route.canTurn() ? route : null;
  }

  /** Columns of the result, and those of the right operand, are equally far apart, and its rows side by side. */
  private boolean canTurn() {
    return isEven(outColumns) && isEven(rightColumns) && runs(outRows).length == 2;
  }

  private static boolean isEven(int[] places) {
    for (int i = 2; i < places.length; i++) {
      if (places[i] - places[i - 1] != places[1] - places[0]) {
        return false;
      }
    }
    return true;
  }

  private static int step(int[] places) {
    return places.length < 2 ? 0 : places[1] - places[0];
  }

  @Override
  public String toString() {
    return "columns in the lanes" + (sides.transposed() ? ", transposed" : "");
  }

  @Override
  public long workspaceFloats() {
    return packedAt + packedFloats();
  }

  private long packedFloats() {
    return (long) TilePlan.distinct(rightBatch) * panels * rightDepth.length * LANES;
  }

  @Override
  public double cost() {
    double tiles = (double) leftBatch.length * panels * leftRows.length / HEIGHT;
    double blocks = Math.ceilDiv(leftDepth.length, LONGEST);
    double pack = keeps ? 0 : (double) TilePlan.distinct(rightBatch) * panels
        * (leftDepth.length * LANES * 1.0 + runs.length * 20.0);
    return tiles * (leftDepth.length * STEP + blocks * 40) + pack + (double) leftBatch.length * panels * rows * LANES;
  }

  @Override
  void keep() {
    if (keeps) {
      kept = kept == null ? new float[Math.toIntExact(TileScratch.ALIGNED + packedFloats())] : kept;
      Pool.run(pack, TilePlan.distinct(rightBatch) * panels, 1);
    }
  }

  @Override
  void run() {
    if (kept == null) {
      Pool.run(pack, TilePlan.distinct(rightBatch) * panels, 1);
    }
    Pool.run(entries, leftBatch.length, Math.max(1, (int) (250_000L / ((long) rows * columns * leftDepth.length))));
  }

  private int packed(int batch, int panel) {
    int entry = TilePlan.distinct(rightBatch) == 1 ? 0 : batch;
    return (kept == null ? packedAt : TileScratch.ALIGNED) + (entry * panels + panel) * rightDepth.length * LANES;
  }

  /** Where the packed right operand is. */
  private float[] packed() {
    return kept == null ? workspace.floats() : kept;
  }

  private void pack(int from, int to) {
    for (int i = from; i < to; i++) {
      int panel = i % panels;
      int batch = i / panels;
      int first = panel * LANES;
      int width = Math.min(LANES, columns - first);
      int at = packed(batch, panel);
      int source = bBase + rightBatch[batch] + rightColumns[first];
      if (width < LANES) {
        Arrays.fill(packed(), at, at + rightDepth.length * LANES, 0);
      }
      for (int r = 0; r < runs.length - 1; r++) {
        KERNELS.transpose(b, source + rightDepth[runs[r]], step(rightColumns), packed(),
            at + runs[r] * LANES, LANES, width, runs[r + 1] - runs[r]);
      }
    }
  }

  private void entries(int from, int to) {
    TileScratch scratch = TileScratch.of(0, leftRows.length * LANES);
    for (int batch = from; batch < to; batch++) {
      for (int panel = 0; panel < panels; panel++) {
        for (int k = 0; k < leftDepth.length; k += LONGEST) {
          block(scratch.tiles, batch, packed(batch, panel) + k * LANES, k, Math.min(LONGEST, leftDepth.length - k));
        }
        int first = panel * LANES;
        KERNELS.transpose(scratch.tiles, TileScratch.ALIGNED, LANES, out,
            outBase + outBatch[batch] + outRows[0] + outColumns[first], step(outColumns), rows,
            Math.min(LANES, columns - first));
      }
      if (end != null) {
        sides.finish(end, batch, 0, rows, 0, columns, columns);
      }
    }
  }

  private void block(float[] tile, int batch, int right, int k, int depth) {
    for (int row = 0; row < leftRows.length; row += HEIGHT) {
      KERNELS.gathered(a, aBase + leftBatch[batch], leftRows, row, leftDepth, k, depth, packed(), right, tile,
          TileScratch.ALIGNED + row * LANES, k > 0);
    }
  }
}
