package org.dlm.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.dlm.runtime.lanes.LaneChoice;
import org.dlm.runtime.lanes.Lanes;

/** The inner loops in vectors of the width that was chosen. */
final class VectorTiles extends TileKernels {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int W = S.length();
  private static final int COLUMNS = 2 * W;

  /**
   * With 512-bit vectors come 32 vector registers, at every width; with 16 of them 6 rows do not fit. Costs, and so the
   * order of sums, depend on it: where all machines are to agree it is none's.
   */
  private static final boolean TALL = FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512
      && !LaneChoice.DETERMINISTIC && !Boolean.getBoolean("dlm.shortTiles");

  @Override
  int lanes() {
    return W;
  }

  @Override
  int columns() {
    return COLUMNS;
  }

  @Override
  boolean tall() {
    return TALL;
  }

  @Override
  void rows(int height, float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c,
      int cBase, int[] cRows, int cRow, boolean add) {
    switch (height) {
      case 8 -> VectorRowTiles.rows8(a, aBase, aRows, row, b, bBase, depth, c, cBase, cRows, cRow, add);
      case 6 -> VectorRowTiles.rows6(a, aBase, aRows, row, b, bBase, depth, c, cBase, cRows, cRow, add);
      default -> VectorRowTiles.rows4(a, aBase, aRows, row, b, bBase, depth, c, cBase, cRows, cRow, add);
    }
  }

  @Override
  void packed(int height, float[] a, int aBase, float[] b, int bBase, int[] bDepth, int k, int depth, float[] c,
      int cBase, int[] cRows, int cRow, boolean add) {
    switch (height) {
      case 8 -> VectorPackedTiles.packed8(a, aBase, b, bBase, bDepth, k, depth, c, cBase, cRows, cRow, add);
      case 6 -> VectorPackedTiles.packed6(a, aBase, b, bBase, bDepth, k, depth, c, cBase, cRows, cRow, add);
      default -> VectorPackedTiles.packed4(a, aBase, b, bBase, bDepth, k, depth, c, cBase, cRows, cRow, add);
    }
  }

  @Override
  void narrowRows(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c, int cBase,
      int[] cRows, int cRow, boolean add) {
    VectorNarrowTiles.narrowRows(a, aBase, aRows, row, b, bBase, depth, c, cBase, cRows, cRow, add);
  }

  @Override
  void narrowPacked(float[] a, int aBase, float[] b, int bBase, int depth, float[] c, int cBase, int[] cRows, int cRow,
      boolean add) {
    VectorNarrowTiles.narrowPacked(a, aBase, b, bBase, depth, c, cBase, cRows, cRow, add);
  }

  @Override
  void gathered(float[] a, int aBase, int[] aRows, int row, int[] aDepth, int from, int depth, float[] b, int bBase,
      float[] c, int cBase, boolean add) {
    VectorNarrowTiles.gathered(a, aBase, aRows, row, aDepth, from, depth, b, bBase, c, cBase, add);
  }

  @Override
  int singleColumns() {
    return 4 * W;
  }

  @Override
  void single(float[] a, int aBase, float[] b, int bBase, int[] bDepth, int depth, float[] c, int cBase, boolean add) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int bk = bBase + bDepth[k];
      FloatVector x = FloatVector.broadcast(S, a[aBase + k]);
      s0 = x.fma(FloatVector.fromArray(S, b, bk), s0);
      s1 = x.fma(FloatVector.fromArray(S, b, bk + W), s1);
      s2 = x.fma(FloatVector.fromArray(S, b, bk + 2 * W), s2);
      s3 = x.fma(FloatVector.fromArray(S, b, bk + 3 * W), s3);
    }
    if (add) {
      s0 = s0.add(FloatVector.fromArray(S, c, cBase));
      s1 = s1.add(FloatVector.fromArray(S, c, cBase + W));
      s2 = s2.add(FloatVector.fromArray(S, c, cBase + 2 * W));
      s3 = s3.add(FloatVector.fromArray(S, c, cBase + 3 * W));
    }
    s0.intoArray(c, cBase);
    s1.intoArray(c, cBase + W);
    s2.intoArray(c, cBase + 2 * W);
    s3.intoArray(c, cBase + 3 * W);
  }

  @Override
  void dotsOfOne(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] lanes,
      float[] sums, int at) {
    VectorDots.dotsOfOne(a, aBase, aRows, row, b, bBase, depth, lanes, sums, at);
  }

  @Override
  void dots(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int[] bRows, int column, int depth,
      float[] lanes, float[] sums, int at) {
    if (TALL) {
      VectorDots.dots(a, aBase, aRows, row, b, bBase, bRows, column, depth, lanes, sums, at);
    } else {
      super.dots(a, aBase, aRows, row, b, bBase, bRows, column, depth, lanes, sums, at);
    }
  }

  @Override
  void dotsAt(float[] a, int aBase, int[] aRows, int row, int[] aVectors, int first, int count, float[] b, int b0,
      int b1, int b2, int b3, int[] bVectors, int bFirst, float[] lanes, int lanesAt, boolean add) {
    VectorDots.dotsAt(a, aBase, aRows, row, aVectors, first, count, b, b0, b1, b2, b3, bVectors, bFirst, lanes,
        lanesAt, add);
  }

  @Override
  void fold(float[] lanes, int lanesAt, int count, float[] sums, int at) {
    VectorDots.fold(lanes, lanesAt, count, sums, at);
  }

  @Override
  void transpose(float[] from, int at, int fromLine, float[] to, int target, int toLine, int lines, int length) {
    VectorTransposes.transpose(from, at, fromLine, to, target, toLine, lines, length);
  }

  @Override
  void packColumns(float[] a, int aBase, int[] aDepth, int k, int depth, int height, float[] packed, int at) {
    VectorCopies.packColumns(a, aBase, aDepth, k, depth, height, packed, at);
  }

  @Override
  int packedRows() {
    return VectorCopies.PACKED_ROWS;
  }

  @Override
  void packTiles(float[] a, int aBase, int[] aDepth, int k, int depth, int tiles, float[] packed, int at, int apart) {
    VectorCopies.packTiles(a, aBase, aDepth, k, depth, tiles, packed, at, apart);
  }

  @Override
  void packPanels(float[] b, int bBase, int[] bDepth, int k, int depth, int panels, float[] packed, int at,
      int apart) {
    VectorCopies.packPanels(b, bBase, bDepth, k, depth, panels, packed, at, apart);
  }

  @Override
  void copy(float[] from, int at, float[] to, int target, int length) {
    VectorCopies.copy(from, at, to, target, length);
  }

  @Override
  void packRuns(float[] b, int bBase, int[] bDepth, int k, int depth, int[] runFrom, int[] runLane, int[] runLength,
      int run, int runEnd, float[] panel, int at) {
    VectorCopies.packRuns(b, bBase, bDepth, k, depth, runFrom, runLane, runLength, run, runEnd, panel, at);
  }
}
