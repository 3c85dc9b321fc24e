package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How one {@link Sides} of a contraction is cut into tiles: where rows, columns and depth lie, which tile heights make
 * up the rows, which operand is packed, how the work is shared out; and what that is likely to cost.
 */
final class TilePlan {
  private static final TileKernels KERNELS = TileKernels.CHOSEN;
  private static final int WIDTH = KERNELS.columns();

  /**
   * Depth of a block: the longer the rarer are sums put aside and taken up again. A panel need not stay in the first
   * cache, from the second one it comes in time.
   */
  private static final int PANEL_DEPTH = WIDTH >= 32 ? 1024 : 256;

  /** The same where there are so few tiles that the blocks of depth must be shared out. */
  private static final int SHORT_DEPTH = WIDTH >= 32 ? 192 : 256;
  private static final int FEW_TILES = 32;

  private static final int FIRST_CACHE_WAYS = 8;

  /** Multiply-adds of a piece of work, some microseconds on one core. */
  private static final long PIECE = 250_000;

  /** How much longer products take whose right vectors cross cache lines. */
  private static final double UNALIGNED = 1.15;

  final Sides sides;
  final int batches;
  final int rows;
  final int columns;
  final int columnsAnEntry;
  final int[] leftBatch;
  final int[] rightBatch;
  final int[] outBatch;
  final int[] leftRows;
  final int[] outRows;
  final ColumnOrder order;
  final DepthOrder depth;

  /** Left rows are read where they lie. */
  final boolean leftInPlace;

  /** Left, or right, may be packed before the first of many runs. */
  final boolean leftKept;
  final boolean rightKept;

  /** Whether it is worth the memory. */
  final boolean keeps;

  /** Whole panels of consecutive columns are read where they lie; only with a packed left. */
  final boolean rightInPlace;

  final int[] tileRow;
  final int[] tileHeight;

  final int panels;

  /** So many tiles from the first on have rows that lie side by side, one tile's behind the other's. */
  final int evenTiles;

  /** The same of the columns of whole panels. */
  final int evenPanels;

  /** For each panel whether its columns lie side by side in the right operand, and in the result, and fill it. */
  final boolean[] consecutive;
  final boolean[] direct;

  final boolean gather;
  final Runs rightRuns;
  final Runs outRuns;

  final int[] blockFrom;
  final int[] blockLength;
  final int longestBlock;

  /** Estimated cycles. */
  final double cost;

  TilePlan(Sides sides, Panels columnPanels, DepthOrder depth, boolean leftInPlace, boolean rightInPlace,
      Kept kept) {
    this.sides = sides;
    this.depth = depth;
    batches = Sides.extent(sides.batch());
    rows = Sides.extent(sides.rows());
    columns = Sides.extent(sides.columns());
    columnsAnEntry = columns / sides.folded();
    leftBatch = sides.left().table(sides.batch());
    rightBatch = sides.right().table(sides.batch());
    outBatch = sides.out().table(sides.batch());
    this.leftInPlace = leftInPlace;
    leftKept = kept.rows(sides) && !leftInPlace;
    rightKept = kept.columns(sides);
    this.rightInPlace = rightInPlace && !leftInPlace && !rightKept;
    tileHeight = heights(rows);
    tileRow = new int[tileHeight.length];
    int padded = 0;
    for (int t = 0; t < tileHeight.length; t++) {
      tileRow[t] = padded;
      padded += tileHeight[t];
    }
    leftRows = paddedTo(padded, sides.left().table(sides.rows()));
    outRows = paddedTo(padded, sides.out().table(sides.rows()));
    order = columnPanels.order();
    panels = order.panels();
    rightRuns = columnPanels.rightRuns();
    outRuns = columnPanels.outRuns();
    consecutive = columnPanels.consecutive();
    direct = columnPanels.direct();
    gather = columnPanels.gather();
    evenTiles = evenTiles();
    evenPanels = evenPanels();
    int run = leftInPlace ? depth.run() : depth.steps();
    int longest = order.count() != columns ? 4 * SHORT_DEPTH
        : batches * panels * tileHeight.length < FEW_TILES ? SHORT_DEPTH : PANEL_DEPTH;
    int blocks = Math.ceilDiv(run, longest);
    longestBlock = Math.ceilDiv(run, blocks);
    List<int[]> cuts = new ArrayList<>();
    for (int from = 0; from < depth.steps(); from += run) {
      for (int k = 0; k < run; k += longestBlock) {
        cuts.add(new int[] {from + k, Math.min(longestBlock, run - k)});
      }
    }
    blockFrom = cuts.stream().mapToInt(cut -> cut[0]).toArray();
    blockLength = cuts.stream().mapToInt(cut -> cut[1]).toArray();
    double whole = products() + leaving() + leftPacking() + rightPacking();
    double keptPacking = leftKept ? leftPacking() : rightKept ? rightPacking() : 0;
    long floats = leftKept ? (long) distinct(leftBatch) * paddedRows() * depth.steps()
        : (long) distinct(rightBatch) * panels * WIDTH * depth.steps();
    keeps = (leftKept || rightKept) && Kept.pays(floats, keptPacking, whole);
    cost = keeps ? whole - keptPacking : whole;
  }

  private int evenTiles() {
    int t = 0;
    while (t < tileHeight.length && tileHeight[t] == KERNELS.packedRows()
        && leftRows[tileRow[t]] == leftRows[0] + tileRow[t]
        && Packing.sideBySide(leftRows, tileRow[t], tileHeight[t])) {
      t++;
    }
    return t;
  }

  private int evenPanels() {
    int p = 0;
    while (p < panels && consecutive[p]
        && order.right()[order.panelStart()[p]] == order.right()[order.panelStart()[0]] + p * WIDTH) {
      p++;
    }
    return Arrays.stream(depth.right()).anyMatch(d -> d == TileKernels.NOTHING) ? 0 : p;
  }

  /** Folding lets panels run across batch entries whose columns do not fill them. */
  static Sides foldIfBetter(Sides sides) {
    int columns = Sides.extent(sides.columns());
    boolean fills = columns % WIDTH == 0 || columns > 16 * WIDTH;
    return fills ? sides : sides.fold();
  }

  int paddedRows() {
    return leftRows.length;
  }

  /** Tile heights that cover the rows with the fewest rows too many. */
  static int[] heights(int rows) {
    if (!KERNELS.tall()) {
      int[] heights = new int[Math.ceilDiv(rows, 4)];
      Arrays.fill(heights, 4);
      return heights;
    }
    List<Integer> heights = new ArrayList<>();
    int rest = rows;
    while (rest > 10) {
      heights.add(8);
      rest -= 8;
    }
    if (rest > 8) {
      heights.add(6);
      rest -= 6;
    }
    heights.add(rest > 6 ? 8 : rest > 4 ? 6 : 4);
    return heights.stream().mapToInt(Integer::intValue).toArray();
  }

  static int[] paddedTo(int length, int[] table) {
    int[] padded = Arrays.copyOf(table, length);
    Arrays.fill(padded, table.length, length, table[table.length - 1]);
    return padded;
  }

  /** Whether the panel has columns in its first vector only; such a panel is always packed. */
  boolean narrow(int panel) {
    return order.width(panel) <= KERNELS.lanes() && KERNELS.tall();
  }

  String leftRead() {
    return leftInPlace ? "in place" : leftKept ? "kept" : "packed";
  }

  String rightRead() {
    return rightKept ? "kept" : rightInPlace ? "in place" : gather ? "gathered" : "packed";
  }

  private double products() {
    double perVector = KERNELS.lanes() >= 16 ? 1 : KERNELS.lanes() == 4 ? 1.5 : 0.5;
    double vectors = 2 * panels - (panels > 0 && narrow(panels - 1) ? 0.8 : 0);
    double products = batches * paddedRows() * vectors * depth.steps() * perVector;
    double calls = (double) batches * panels * tileHeight.length * blockFrom.length * 40;
    // Lines of an image begin anywhere.
    return products * (order.count() != columns ? UNALIGNED : 1) + calls;
  }

  private double leftPacking() {
    return leftInPlace ? 0 : 1.5 * distinct(leftBatch) * paddedRows() * depth.steps();
  }

  private double rightPacking() {
    double packed = 0;
    for (int p = 0; p < panels; p++) {
      packed += rightInPlace && consecutive[p] ? inPlaceCycles() : gather ? WIDTH * 1.2
          : packCycles(rightRuns.count(p));
    }
    return distinct(rightBatch) * packed * depth.steps();
  }

  private double leaving() {
    double leave = 0;
    for (int p = 0; p < panels; p++) {
      leave += direct[p] ? 0
          : outRuns.scattered(order) ? WIDTH * 2 : outRuns.count(p) * 10 + WIDTH / KERNELS.lanes() * 6;
    }
    return (double) batches * leave * rows;
  }

  /**
   * A line of a panel that is read where it lies. Lines that begin a power of two apart share few sets of the first
   * cache: where a block of them does not fit, every tile fetches it from the second one.
   */
  private double inPlaceCycles() {
    if (longestBlock < 2 || tileHeight.length < 2) {
      return 0;
    }
    int apart = Math.abs(depth.right()[1] - depth.right()[0]) * Float.BYTES;
    int way = 4096;
    int begins = way / gcd(apart, way);
    long held = (long) FIRST_CACHE_WAYS * Math.min(way / 64, begins * Math.max(1, WIDTH * Float.BYTES / 64));
    return longestBlock * Math.max(1L, WIDTH * Float.BYTES / 64) > held ? tileHeight.length * 5.0 : 0;
  }

  private static int gcd(int a, int b) {
    return a == 0 ? b : gcd(b % a, a);
  }

  /** A line of a panel: stores that cross cache lines cost most. */
  private static double packCycles(int runs) {
    return runs <= 4 ? runs * 5.5 + 1 : runs * 7.5;
  }

  static int distinct(int[] offsets) {
    return offsets[0] == offsets[offsets.length - 1] ? 1 : offsets.length;
  }

  /** Multiply-adds, those on padding not counted. */
  long work() {
    return (long) batches * rows * columns * depth.steps();
  }

  long pieceWork() {
    return Math.max(PIECE, work() / 64);
  }
}
