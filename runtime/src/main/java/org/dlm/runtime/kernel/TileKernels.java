package org.dlm.runtime.kernel;

import org.dlm.runtime.lanes.LaneChoice;

/**
 * The innermost loops of a contraction, in vectors and as their scalar twin. A tile is a few rows by {@link #columns()}
 * columns of the result, held in registers over the whole depth.
 */
abstract class TileKernels {
  /** The kernels of this process. */
  static final TileKernels CHOSEN = LaneChoice.VECTOR ? vector() : new ScalarTiles();

  private static TileKernels vector() {
    return new VectorTiles();
  }

  /** Floats that are worked on at once. */
  abstract int lanes();

  /** Columns of a tile, and of a packed panel of the right operand. */
  abstract int columns();

  /** Whether tiles of 6 and 8 rows stay in registers; 4 always do. */
  abstract boolean tall();

  /**
   * Left rows where they lie, {@code depth} consecutive floats each from {@code a[aBase + aRows[row + i]]}; right a
   * packed panel. Row {@code i} of the tile goes to {@code c[cBase + cRows[cRow + i]]}, added to what is there on
   * request.
   */
  abstract void rows(int height, float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c,
      int cBase, int[] cRows, int cRow, boolean add);

  /**
   * Left packed, {@code height} floats for each step of depth; right where it lies, whole tile columns from
   * {@code b[bBase + bDepth[k]]}.
   */
  abstract void packed(int height, float[] a, int aBase, float[] b, int bBase, int[] bDepth, int k, int depth,
      float[] c, int cBase, int[] cRows, int cRow, boolean add);

  /** As {@link #rows} with height 8, where the panel has columns in its first vector only. */
  abstract void narrowRows(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c,
      int cBase, int[] cRows, int cRow, boolean add);

  /** As {@link #packed} with height 8 and a packed panel that has columns in its first vector only. */
  abstract void narrowPacked(float[] a, int aBase, float[] b, int bBase, int depth, float[] c, int cBase, int[] cRows,
      int cRow, boolean add);

  /** Rows of a tile of {@link #gathered}. */
  static final int GATHERED = 8;

  /**
   * Rows by one vector of columns, the left operand being read wherever it lies: the number at step {@code k} of row
   * {@code i} from {@code a[aBase + aRows[row + i] + aDepth[from + k]]}; right a packed panel of one vector a step. The
   * rows of the tile go side by side to {@code c[cBase]}, added to what is there on request.
   */
  abstract void gathered(float[] a, int aBase, int[] aRows, int row, int[] aDepth, int from, int depth, float[] b,
      int bBase, float[] c, int cBase, boolean add);

  /** One row by four vectors of columns: {@code c[j] (+)= Σ a[aBase + k] · b[bBase + bDepth[k] + j]}. */
  abstract void single(float[] a, int aBase, float[] b, int bBase, int[] bDepth, int depth, float[] c, int cBase,
      boolean add);

  /** Columns that {@link #single} does. */
  abstract int singleColumns();

  /**
   * Products of 4 rows of {@code a} with 4 rows of {@code b}, each {@code depth} consecutive floats; their sums go to
   * {@code sums[at + 4 * j + i]} for row {@code i} of {@code a} and {@code j} of {@code b}; {@code lanes} is scratch
   * memory for 16 vectors.
   */
  void dots(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int[] bRows, int column, int depth,
      float[] lanes, float[] sums, int at) {
    for (int j = 0; j < 4; j++) {
      dotsOfOne(a, aBase, aRows, row, b, bBase + bRows[column + j], depth, lanes, sums, at + 4 * j);
    }
  }

  /** Like {@link #dots} for 4 rows with one: the sums go to {@code sums[at + i]}. */
  abstract void dotsOfOne(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] lanes,
      float[] sums, int at);

  /**
   * Products of 4 rows of {@code a} with 4 rows of {@code b}, a vector for each of {@code count} steps: of {@code a}
   * from {@code aBase + aRows[row + i] + aVectors[first + v]}, of {@code b} from {@code b0 + bVectors[bFirst + v]} and
   * so on. Their lanes are added up for themselves: those of row {@code i} of {@code a} and {@code j} of {@code b} in
   * the {@code (4 * j + i)}-th vector of {@code lanes} behind {@code lanesAt}, added to what is there on request.
   */
  abstract void dotsAt(float[] a, int aBase, int[] aRows, int row, int[] aVectors, int first, int count, float[] b,
      int b0, int b1, int b2, int b3, int[] bVectors, int bFirst, float[] lanes, int lanesAt, boolean add);

  /** The sum of each of {@code count} vectors of {@code lanes}. */
  abstract void fold(float[] lanes, int lanesAt, int count, float[] sums, int at);

  /** In a depth table: this step of depth holds no element, its line of a panel is zeros. */
  static final int NOTHING = Integer.MIN_VALUE;

  /** Copies 4, 6 or 8 floats for each of {@code depth} steps of depth, from {@code a[aBase + aDepth[k]]} on. */
  abstract void packColumns(float[] a, int aBase, int[] aDepth, int k, int depth, int height, float[] packed, int at);

  /** Rows of a tile that {@link #packTiles} packs. */
  abstract int packedRows();

  /**
   * Packs {@code tiles} tiles of {@link #packedRows()} rows whose rows lie side by side, one behind the other in
   * memory: for each of {@code depth} steps their rows are read from {@code a[aBase + aDepth[k]]} on, in one go, as
   * far as they reach. Tiles begin {@code apart} floats from each other.
   */
  abstract void packTiles(float[] a, int aBase, int[] aDepth, int k, int depth, int tiles, float[] packed, int at,
      int apart);

  /** The same for {@code panels} whole panels of {@link #columns()} columns. */
  abstract void packPanels(float[] b, int bBase, int[] bDepth, int k, int depth, int panels, float[] packed, int at,
      int apart);

  /**
   * Exchanges rows and columns: {@code to[target + j * toLine + i] = from[at + i * fromLine + j]} for {@code lines}
   * lines of {@code length}.
   */
  abstract void transpose(float[] from, int at, int fromLine, float[] to, int target, int toLine, int lines,
      int length);

  /** Copies a short line, from nowhere else and to nowhere else. */
  abstract void copy(float[] from, int at, float[] to, int target, int length);

  /**
   * Copies runs of at most {@link #lanes()} consecutive floats, for each step of depth from
   * {@code b[bBase + bDepth[k] + runFrom[r]]} to lane {@code runLane[r]} of the panel's line. May write a vector's
   * length past the last line.
   */
  abstract void packRuns(float[] b, int bBase, int[] bDepth, int k, int depth, int[] runFrom, int[] runLane,
      int[] runLength, int run, int runEnd, float[] panel, int at);
}
