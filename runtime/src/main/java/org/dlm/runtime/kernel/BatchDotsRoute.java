package org.dlm.runtime.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Runs a contraction whose depth has the examples of a batch in it, or the lines of images, such as the weight gradient
 * of a convolution: both operands are copied so that the examples lie side by side, or that lines are whole vectors,
 * and inner products run along them.
 */
final class BatchDotsRoute extends SidedRoute {
  private static final TileKernels KERNELS = TileKernels.CHOSEN;
  private static final int LANES = KERNELS.lanes();
  private static final int MOST_COLUMNS = 512;

  /** Vectors of depth that are done at a time: four rows of the left operand stay in the first cache. */
  private static final int CHUNK = 64;

  /** Cycles of a vector step of a tile of 4 by 4. */
  private static final double TILE_STEP = LANES >= 16 ? 17 : LANES == 8 ? 10 : 26;

  private final int batches;
  private final int rows;
  private final int columns;
  private final int tileRows;
  private final int tileColumns;
  private final int[] leftBatch;
  private final int[] rightBatch;
  private final int[] outBatch;
  private final int[] leftRows;
  private final int[] rightColumns;
  private final int[] outRows;
  private final int[] outColumns;
  private final int[] leftVectors;
  private final int[] rightVectors;
  private final int splits;
  private final ContractionAxis lanes;

  /** Ends of the copies: the last vectors read on, and find nothing that must not be multiplied by zero. */
  private final int[] slackAt;

  private final int partialAt;
  private final double cost;

  private final Task dots = this::dots;
  private final Task sums = this::sums;

  private BatchDotsRoute(Sides sides, Interleaved left, Interleaved right, Workspace workspace, boolean accumulate,
      int wantedPieces) {
    super(sides, workspace, accumulate);
    batches = Sides.extent(sides.batch());
    rows = Sides.extent(sides.rows());
    columns = Sides.extent(sides.columns());
    tileRows = Math.ceilDiv(rows, 4);
    tileColumns = Math.ceilDiv(columns, 4);
    leftBatch = sides.left().table(sides.batch());
    rightBatch = sides.right().table(sides.batch());
    outBatch = sides.out().table(sides.batch());
    leftRows = TilePlan.paddedTo(4 * tileRows, sides.left().table(sides.rows()));
    rightColumns = TilePlan.paddedTo(4 * tileColumns, sides.right().table(sides.columns()));
    outRows = sides.out().table(sides.rows());
    outColumns = sides.out().table(sides.columns());
    List<ContractionAxis> others = Interleaved.without(left.lanes(), sides.depth());
    leftVectors = vectors(left, others);
    rightVectors = vectors(right, others);
    splits = Math.clamp(Math.ceilDiv(wantedPieces, batches * tileRows), 1, Math.max(1, leftVectors.length / CHUNK));
    cost = cost(sides, left, right);
    lanes = left.lanes();
    slackAt = new int[] {left.place(0), 0};
    slackAt[1] = right.place(slackAt[0] + LANES);
    partialAt = Math.ceilDiv(slackAt[1] + LANES, 16) * 16 + TileScratch.ALIGNED;
  }

  private static int[] vectors(Interleaved operand, List<ContractionAxis> depth) {
    int each = operand.padded() / LANES;
    int[] starts = operand.operand().table(depth);
    int[] vectors = new int[Math.multiplyExact(starts.length, each)];
    Arrays.setAll(vectors, v -> starts[v / each] + v % each * LANES);
    return vectors;
  }

  /** The route, or null where no axis of the depth can be put in the lanes, or it costs more than {@code limit}. */
  static BatchDotsRoute of(Sides sides, List<Term> leftTerms, List<Term> rightTerms,
      Map<String, ContractionAxis> axes, Workspace workspace, boolean accumulate, int wantedPieces, double limit) {
    BatchDotsRoute best = null;
    if (Sides.extent(sides.columns()) > MOST_COLUMNS) {
      return best;
    }
    for (ContractionAxis axis : sides.depth()) {
      boolean both = sides.left().stride(axis) != 0 && sides.right().stride(axis) != 0;
      if (axis.extent() >= LANES / 2 && both && Sides.extent(sides.depth()) > axis.extent()) {
        Interleaved left = Interleaved.of(leftTerms, axes, axis, LANES);
        Interleaved right = Interleaved.of(rightTerms, axes, axis, LANES);
        if (left == null && right != null && sides.right().stride(axis) == 1) {
          left = Interleaved.meeting(right, leftTerms, axes);
        } else if (left != null && right == null && sides.left().stride(axis) == 1) {
          right = Interleaved.meeting(left, rightTerms, axes);
        } else if (!outermost(axis, sides)) {
          left = null;
        }
        double most = best == null ? limit : best.cost;
        if (left != null && right != null) {
          Sides copied = new Sides(sides.transposed(), left.operand(), right.operand(), sides.out(), sides.batch(), 1,
              sides.rows(), sides.columns(), sides.depth());
          best = cost(copied, left, right) >= most ? best
              : new BatchDotsRoute(copied, left, right, workspace, accumulate, wantedPieces);
        }
      }
    }
    return best;
  }

  /** What lies side by side in both operands already needs no copy. */
  private static boolean outermost(ContractionAxis axis, Sides sides) {
    return sides.depth().stream().allMatch(other -> other.extent() == 1
        || Math.abs(sides.left().stride(other)) <= Math.abs(sides.left().stride(axis))
        && Math.abs(sides.right().stride(other)) <= Math.abs(sides.right().stride(axis)));
  }

  private static double cost(Sides sides, Interleaved left, Interleaved right) {
    double tiles = (double) Sides.extent(sides.batch()) * Math.ceilDiv(Sides.extent(sides.rows()), 4)
        * Math.ceilDiv(Sides.extent(sides.columns()), 4);
    double vectors = (double) Sides.extent(sides.depth()) / left.lanes().extent() * left.padded() / LANES;
    boolean hot = Sides.extent(sides.columns()) <= 64;
    return left.cost() + right.cost()
        + tiles * (vectors * TILE_STEP + vectors / CHUNK * (hot ? 60 : 300) + 300);
  }

  @Override
  public double cost() {
    return cost;
  }

  @Override
  public String toString() {
    return "inner products along " + lanes.name() + (sides.transposed() ? ", transposed" : "") + ", " + splits
        + " splits";
  }

  @Override
  public long workspaceFloats() {
    return partialAt + (long) batches * splits * tileRows * tileColumns * 16;
  }

  @Override
  void run() {
    for (int at : slackAt) {
      Arrays.fill(workspace.floats(), at, at + LANES, 0);
    }
    Pool.run(dots, batches * splits * tileRows, 1);
    Pool.run(sums, batches * rows, Math.max(1, 8192 / (columns * splits)));
  }

  private int partial(int batch, int split, int tileRow) {
    return partialAt + ((batch * splits + split) * tileRows + tileRow) * tileColumns * 16;
  }

  private void dots(int from, int to) {
    TileScratch scratch = TileScratch.of(0, tileColumns * 16 * LANES);
    float[] lanes = scratch.tiles;
    for (int i = from; i < to; i++) {
      int tileRow = i % tileRows;
      int split = i / tileRows % splits;
      int batch = i / tileRows / splits;
      int left = aBase + leftBatch[batch];
      int right = bBase + rightBatch[batch];
      int first = (int) ((long) split * leftVectors.length / splits);
      int last = (int) ((long) (split + 1) * leftVectors.length / splits);
      for (int v = first; v < last; v += CHUNK) {
        for (int t = 0; t < tileColumns; t++) {
          KERNELS.dotsAt(a, left, leftRows, tileRow * 4, leftVectors, v, Math.min(CHUNK, last - v), b,
              right + rightColumns[4 * t], right + rightColumns[4 * t + 1], right + rightColumns[4 * t + 2],
              right + rightColumns[4 * t + 3], rightVectors, v, lanes, TileScratch.ALIGNED + t * 16 * LANES, v > first);
        }
      }
      KERNELS.fold(lanes, TileScratch.ALIGNED, tileColumns * 16, workspace.floats(), partial(batch, split, tileRow));
    }
  }

  private void sums(int from, int to) {
    float[] partial = workspace.floats();
    for (int i = from; i < to; i++) {
      int row = i % rows;
      int batch = i / rows;
      for (int column = 0; column < columns; column++) {
        int at = column * 4 + row % 4;
        float sum = partial[partial(batch, 0, row / 4) + at];
        for (int s = 1; s < splits; s++) {
          sum += partial[partial(batch, s, row / 4) + at];
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
