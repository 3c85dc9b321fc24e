package org.dlm.runtime.kernel;

/** The scalar twin of the vector tiles: the same sums where the vector module or a fast compiler for it is missing. */
final class ScalarTiles extends TileKernels {
  private static final int COLUMNS = 4;

  @Override
  int lanes() {
    return COLUMNS;
  }

  @Override
  int columns() {
    return COLUMNS;
  }

  @Override
  boolean tall() {
    return false;
  }

  @Override
  void rows(int height, float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c,
      int cBase, int[] cRows, int cRow, boolean add) {
    for (int i = 0; i < height; i++) {
      int ai = aBase + aRows[row + i];
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      for (int k = 0; k < depth; k++) {
        float x = a[ai + k];
        s0 += x * b[bBase + k * COLUMNS];
        s1 += x * b[bBase + k * COLUMNS + 1];
        s2 += x * b[bBase + k * COLUMNS + 2];
        s3 += x * b[bBase + k * COLUMNS + 3];
      }
      store(s0, s1, s2, s3, c, cBase + cRows[cRow + i], add);
    }
  }

  @Override
  void packed(int height, float[] a, int aBase, float[] b, int bBase, int[] bDepth, int from, int depth, float[] c,
      int cBase, int[] cRows, int cRow, boolean add) {
    for (int i = 0; i < height; i++) {
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      for (int k = 0; k < depth; k++) {
        float x = a[aBase + k * height + i];
        int bk = bBase + bDepth[from + k];
        s0 += x * b[bk];
        s1 += x * b[bk + 1];
        s2 += x * b[bk + 2];
        s3 += x * b[bk + 3];
      }
      store(s0, s1, s2, s3, c, cBase + cRows[cRow + i], add);
    }
  }

  @Override
  void narrowRows(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c, int cBase,
      int[] cRows, int cRow, boolean add) {
    throw new AssertionError("the scalar twin has short tiles only");
  }

  @Override
  void narrowPacked(float[] a, int aBase, float[] b, int bBase, int depth, float[] c, int cBase, int[] cRows, int cRow,
      boolean add) {
    throw new AssertionError("the scalar twin has short tiles only");
  }

  @Override
  void gathered(float[] a, int aBase, int[] aRows, int row, int[] aDepth, int from, int depth, float[] b, int bBase,
      float[] c, int cBase, boolean add) {
    throw new AssertionError("the scalar twin has short tiles only");
  }

  private static void store(float s0, float s1, float s2, float s3, float[] c, int at, boolean add) {
    c[at] = add ? c[at] + s0 : s0;
    c[at + 1] = add ? c[at + 1] + s1 : s1;
    c[at + 2] = add ? c[at + 2] + s2 : s2;
    c[at + 3] = add ? c[at + 3] + s3 : s3;
  }

  @Override
  int singleColumns() {
    return COLUMNS;
  }

  @Override
  void single(float[] a, int aBase, float[] b, int bBase, int[] bDepth, int depth, float[] c, int cBase, boolean add) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    for (int k = 0; k < depth; k++) {
      float x = a[aBase + k];
      int bk = bBase + bDepth[k];
      s0 += x * b[bk];
      s1 += x * b[bk + 1];
      s2 += x * b[bk + 2];
      s3 += x * b[bk + 3];
    }
    store(s0, s1, s2, s3, c, cBase, add);
  }

  @Override
  void dotsOfOne(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] lanes,
      float[] sums, int at) {
    int a0 = aBase + aRows[row];
    int a1 = aBase + aRows[row + 1];
    int a2 = aBase + aRows[row + 2];
    int a3 = aBase + aRows[row + 3];
    float r0 = 0;
    float r1 = 0;
    float r2 = 0;
    float r3 = 0;
    for (int k = 0; k < depth; k++) {
      float y = b[bBase + k];
      r0 += a[a0 + k] * y;
      r1 += a[a1 + k] * y;
      r2 += a[a2 + k] * y;
      r3 += a[a3 + k] * y;
    }
    sums[at] = r0;
    sums[at + 1] = r1;
    sums[at + 2] = r2;
    sums[at + 3] = r3;
  }

  /** Of each vector of lanes only the first is used. */
  @Override
  void dotsAt(float[] a, int aBase, int[] aRows, int row, int[] aVectors, int first, int count, float[] b, int b0,
      int b1, int b2, int b3, int[] bVectors, int bFirst, float[] lanes, int lanesAt, boolean add) {
    for (int i = 0; i < 4; i++) {
      int ai = aBase + aRows[row + i];
      float r0 = 0;
      float r1 = 0;
      float r2 = 0;
      float r3 = 0;
      for (int k = 0; k < count * COLUMNS; k++) {
        float x = a[ai + aVectors[first + k / COLUMNS] + k % COLUMNS];
        int bk = bVectors[bFirst + k / COLUMNS] + k % COLUMNS;
        r0 += x * b[b0 + bk];
        r1 += x * b[b1 + bk];
        r2 += x * b[b2 + bk];
        r3 += x * b[b3 + bk];
      }
      int at = lanesAt + i * COLUMNS;
      lanes[at] = add ? lanes[at] + r0 : r0;
      lanes[at + 4 * COLUMNS] = add ? lanes[at + 4 * COLUMNS] + r1 : r1;
      lanes[at + 8 * COLUMNS] = add ? lanes[at + 8 * COLUMNS] + r2 : r2;
      lanes[at + 12 * COLUMNS] = add ? lanes[at + 12 * COLUMNS] + r3 : r3;
    }
  }

  @Override
  void fold(float[] lanes, int lanesAt, int count, float[] sums, int at) {
    for (int r = 0; r < count; r++) {
      sums[at + r] = lanes[lanesAt + r * COLUMNS];
    }
  }

  @Override
  void transpose(float[] from, int at, int fromLine, float[] to, int target, int toLine, int lines, int length) {
    for (int j = 0; j < length; j++) {
      for (int i = 0; i < lines; i++) {
        to[target + j * toLine + i] = from[at + i * fromLine + j];
      }
    }
  }

  @Override
  void packColumns(float[] a, int aBase, int[] aDepth, int k, int depth, int height, float[] packed, int at) {
    for (int i = 0; i < depth; i++) {
      copy(a, aBase + aDepth[k + i], packed, at + i * height, height);
    }
  }

  @Override
  int packedRows() {
    return 4;
  }

  @Override
  void packTiles(float[] a, int aBase, int[] aDepth, int k, int depth, int tiles, float[] packed, int at, int apart) {
    packSideBySide(a, aBase, aDepth, k, depth, packedRows(), tiles, packed, at, apart);
  }

  @Override
  void packPanels(float[] b, int bBase, int[] bDepth, int k, int depth, int panels, float[] packed, int at,
      int apart) {
    packSideBySide(b, bBase, bDepth, k, depth, columns(), panels, packed, at, apart);
  }

  private void packSideBySide(float[] from, int base, int[] offsets, int k, int depth, int length, int pieces,
      float[] packed, int at, int apart) {
    for (int i = 0; i < depth; i++) {
      for (int p = 0; p < pieces; p++) {
        copy(from, base + offsets[k + i] + p * length, packed, at + p * apart + i * length, length);
      }
    }
  }

  @Override
  void copy(float[] from, int at, float[] to, int target, int length) {
    for (int i = 0; i < length; i++) {
      to[target + i] = from[at + i];
    }
  }

  @Override
  void packRuns(float[] b, int bBase, int[] bDepth, int k, int depth, int[] runFrom, int[] runLane, int[] runLength,
      int run, int runEnd, float[] panel, int at) {
    for (int i = 0; i < depth; i++) {
      int line = at + i * COLUMNS;
      if (bDepth[k + i] == NOTHING) {
        java.util.Arrays.fill(panel, line, line + COLUMNS, 0);
        continue;
      }
      for (int r = run; r < runEnd; r++) {
        int from = bBase + bDepth[k + i] + runFrom[r];
        for (int j = 0; j < runLength[r]; j++) {
          panel[line + runLane[r] + j] = b[from + j];
        }
      }
    }
  }
}
