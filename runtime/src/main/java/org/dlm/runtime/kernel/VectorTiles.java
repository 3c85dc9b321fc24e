package org.dlm.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.dlm.runtime.lanes.Lanes;

/**
 * Tiles of 4, 6 or 8 rows by two vectors. Accumulators are locals and every index is a loop-invariant base plus the loop
 * variable times a constant, so that the compiler keeps them in registers and moves the bounds checks out of the loop: the
 * loop body is loads, broadcasts and multiply-adds, nothing else. Keep it so: a spilled accumulator halves the speed, and a
 * vector handed to another method is boxed wherever the compiler chooses not to inline that.
 */
final class VectorTiles extends TileKernels {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int W = S.length();
  private static final int COLUMNS = 2 * W;

  /** With 512-bit vectors come 32 vector registers, at every width; with 16 of them 6 rows do not fit. */
  private static final boolean TALL = FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512
      && !Boolean.getBoolean("dlm.shortTiles");

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
  void rows(int height, float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c, int cBase,
      int[] cRows, int cRow, boolean add) {
    switch (height) {
      case 8 -> rows8(a, aBase, aRows, row, b, bBase, depth, c, cBase, cRows, cRow, add);
      case 6 -> rows6(a, aBase, aRows, row, b, bBase, depth, c, cBase, cRows, cRow, add);
      default -> rows4(a, aBase, aRows, row, b, bBase, depth, c, cBase, cRows, cRow, add);
    }
  }

  @Override
  void packed(int height, float[] a, int aBase, float[] b, int bBase, int[] bDepth, int k, int depth, float[] c, int cBase,
      int[] cRows, int cRow, boolean add) {
    switch (height) {
      case 8 -> packed8(a, aBase, b, bBase, bDepth, k, depth, c, cBase, cRows, cRow, add);
      case 6 -> packed6(a, aBase, b, bBase, bDepth, k, depth, c, cBase, cRows, cRow, add);
      default -> packed4(a, aBase, b, bBase, bDepth, k, depth, c, cBase, cRows, cRow, add);
    }
  }

  private static void rows4(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c,
      int cBase, int[] cRows, int cRow, boolean add) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector t0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector t1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector t2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector t3 = FloatVector.zero(S);
    int a0 = aBase + aRows[row];
    int a1 = aBase + aRows[row + 1];
    int a2 = aBase + aRows[row + 2];
    int a3 = aBase + aRows[row + 3];
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bBase + k * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(S, b, bBase + k * COLUMNS + W);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + k]);
      s0 = x0.fma(b0, s0);
      t0 = x0.fma(b1, t0);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + k]);
      s1 = x1.fma(b0, s1);
      t1 = x1.fma(b1, t1);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + k]);
      s2 = x2.fma(b0, s2);
      t2 = x2.fma(b1, t2);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + k]);
      s3 = x3.fma(b0, s3);
      t3 = x3.fma(b1, t3);
    }
    int c0 = cBase + cRows[cRow];
    int c1 = cBase + cRows[cRow + 1];
    int c2 = cBase + cRows[cRow + 2];
    int c3 = cBase + cRows[cRow + 3];
    if (add) {
      s0 = s0.add(FloatVector.fromArray(S, c, c0));
      t0 = t0.add(FloatVector.fromArray(S, c, c0 + W));
      s1 = s1.add(FloatVector.fromArray(S, c, c1));
      t1 = t1.add(FloatVector.fromArray(S, c, c1 + W));
      s2 = s2.add(FloatVector.fromArray(S, c, c2));
      t2 = t2.add(FloatVector.fromArray(S, c, c2 + W));
      s3 = s3.add(FloatVector.fromArray(S, c, c3));
      t3 = t3.add(FloatVector.fromArray(S, c, c3 + W));
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + W);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + W);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + W);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + W);
  }

  private static void rows6(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c,
      int cBase, int[] cRows, int cRow, boolean add) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector t0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector t1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector t2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector t3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector t4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector t5 = FloatVector.zero(S);
    int a0 = aBase + aRows[row];
    int a1 = aBase + aRows[row + 1];
    int a2 = aBase + aRows[row + 2];
    int a3 = aBase + aRows[row + 3];
    int a4 = aBase + aRows[row + 4];
    int a5 = aBase + aRows[row + 5];
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bBase + k * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(S, b, bBase + k * COLUMNS + W);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + k]);
      s0 = x0.fma(b0, s0);
      t0 = x0.fma(b1, t0);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + k]);
      s1 = x1.fma(b0, s1);
      t1 = x1.fma(b1, t1);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + k]);
      s2 = x2.fma(b0, s2);
      t2 = x2.fma(b1, t2);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + k]);
      s3 = x3.fma(b0, s3);
      t3 = x3.fma(b1, t3);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + k]);
      s4 = x4.fma(b0, s4);
      t4 = x4.fma(b1, t4);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + k]);
      s5 = x5.fma(b0, s5);
      t5 = x5.fma(b1, t5);
    }
    int c0 = cBase + cRows[cRow];
    int c1 = cBase + cRows[cRow + 1];
    int c2 = cBase + cRows[cRow + 2];
    int c3 = cBase + cRows[cRow + 3];
    int c4 = cBase + cRows[cRow + 4];
    int c5 = cBase + cRows[cRow + 5];
    if (add) {
      s0 = s0.add(FloatVector.fromArray(S, c, c0));
      t0 = t0.add(FloatVector.fromArray(S, c, c0 + W));
      s1 = s1.add(FloatVector.fromArray(S, c, c1));
      t1 = t1.add(FloatVector.fromArray(S, c, c1 + W));
      s2 = s2.add(FloatVector.fromArray(S, c, c2));
      t2 = t2.add(FloatVector.fromArray(S, c, c2 + W));
      s3 = s3.add(FloatVector.fromArray(S, c, c3));
      t3 = t3.add(FloatVector.fromArray(S, c, c3 + W));
      s4 = s4.add(FloatVector.fromArray(S, c, c4));
      t4 = t4.add(FloatVector.fromArray(S, c, c4 + W));
      s5 = s5.add(FloatVector.fromArray(S, c, c5));
      t5 = t5.add(FloatVector.fromArray(S, c, c5 + W));
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + W);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + W);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + W);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + W);
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + W);
    s5.intoArray(c, c5);
    t5.intoArray(c, c5 + W);
  }

  private static void rows8(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c,
      int cBase, int[] cRows, int cRow, boolean add) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector t0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector t1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector t2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector t3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector t4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector t5 = FloatVector.zero(S);
    FloatVector s6 = FloatVector.zero(S);
    FloatVector t6 = FloatVector.zero(S);
    FloatVector s7 = FloatVector.zero(S);
    FloatVector t7 = FloatVector.zero(S);
    int a0 = aBase + aRows[row];
    int a1 = aBase + aRows[row + 1];
    int a2 = aBase + aRows[row + 2];
    int a3 = aBase + aRows[row + 3];
    int a4 = aBase + aRows[row + 4];
    int a5 = aBase + aRows[row + 5];
    int a6 = aBase + aRows[row + 6];
    int a7 = aBase + aRows[row + 7];
    for (int k = 0; k < depth; k++) {
      FloatVector b0 = FloatVector.fromArray(S, b, bBase + k * COLUMNS);
      FloatVector b1 = FloatVector.fromArray(S, b, bBase + k * COLUMNS + W);
      FloatVector x0 = FloatVector.broadcast(S, a[a0 + k]);
      s0 = x0.fma(b0, s0);
      t0 = x0.fma(b1, t0);
      FloatVector x1 = FloatVector.broadcast(S, a[a1 + k]);
      s1 = x1.fma(b0, s1);
      t1 = x1.fma(b1, t1);
      FloatVector x2 = FloatVector.broadcast(S, a[a2 + k]);
      s2 = x2.fma(b0, s2);
      t2 = x2.fma(b1, t2);
      FloatVector x3 = FloatVector.broadcast(S, a[a3 + k]);
      s3 = x3.fma(b0, s3);
      t3 = x3.fma(b1, t3);
      FloatVector x4 = FloatVector.broadcast(S, a[a4 + k]);
      s4 = x4.fma(b0, s4);
      t4 = x4.fma(b1, t4);
      FloatVector x5 = FloatVector.broadcast(S, a[a5 + k]);
      s5 = x5.fma(b0, s5);
      t5 = x5.fma(b1, t5);
      FloatVector x6 = FloatVector.broadcast(S, a[a6 + k]);
      s6 = x6.fma(b0, s6);
      t6 = x6.fma(b1, t6);
      FloatVector x7 = FloatVector.broadcast(S, a[a7 + k]);
      s7 = x7.fma(b0, s7);
      t7 = x7.fma(b1, t7);
    }
    int c0 = cBase + cRows[cRow];
    int c1 = cBase + cRows[cRow + 1];
    int c2 = cBase + cRows[cRow + 2];
    int c3 = cBase + cRows[cRow + 3];
    int c4 = cBase + cRows[cRow + 4];
    int c5 = cBase + cRows[cRow + 5];
    int c6 = cBase + cRows[cRow + 6];
    int c7 = cBase + cRows[cRow + 7];
    if (add) {
      s0 = s0.add(FloatVector.fromArray(S, c, c0));
      t0 = t0.add(FloatVector.fromArray(S, c, c0 + W));
      s1 = s1.add(FloatVector.fromArray(S, c, c1));
      t1 = t1.add(FloatVector.fromArray(S, c, c1 + W));
      s2 = s2.add(FloatVector.fromArray(S, c, c2));
      t2 = t2.add(FloatVector.fromArray(S, c, c2 + W));
      s3 = s3.add(FloatVector.fromArray(S, c, c3));
      t3 = t3.add(FloatVector.fromArray(S, c, c3 + W));
      s4 = s4.add(FloatVector.fromArray(S, c, c4));
      t4 = t4.add(FloatVector.fromArray(S, c, c4 + W));
      s5 = s5.add(FloatVector.fromArray(S, c, c5));
      t5 = t5.add(FloatVector.fromArray(S, c, c5 + W));
      s6 = s6.add(FloatVector.fromArray(S, c, c6));
      t6 = t6.add(FloatVector.fromArray(S, c, c6 + W));
      s7 = s7.add(FloatVector.fromArray(S, c, c7));
      t7 = t7.add(FloatVector.fromArray(S, c, c7 + W));
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + W);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + W);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + W);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + W);
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + W);
    s5.intoArray(c, c5);
    t5.intoArray(c, c5 + W);
    s6.intoArray(c, c6);
    t6.intoArray(c, c6 + W);
    s7.intoArray(c, c7);
    t7.intoArray(c, c7 + W);
  }

  private static void packed4(float[] a, int aBase, float[] b, int bBase, int[] bDepth, int from, int depth,
      float[] c, int cBase, int[] cRows, int cRow, boolean add) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector t0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector t1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector t2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector t3 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int bk = bBase + bDepth[from + k];
      FloatVector b0 = FloatVector.fromArray(S, b, bk);
      FloatVector b1 = FloatVector.fromArray(S, b, bk + W);
      FloatVector x0 = FloatVector.broadcast(S, a[aBase + k * 4]);
      s0 = x0.fma(b0, s0);
      t0 = x0.fma(b1, t0);
      FloatVector x1 = FloatVector.broadcast(S, a[aBase + k * 4 + 1]);
      s1 = x1.fma(b0, s1);
      t1 = x1.fma(b1, t1);
      FloatVector x2 = FloatVector.broadcast(S, a[aBase + k * 4 + 2]);
      s2 = x2.fma(b0, s2);
      t2 = x2.fma(b1, t2);
      FloatVector x3 = FloatVector.broadcast(S, a[aBase + k * 4 + 3]);
      s3 = x3.fma(b0, s3);
      t3 = x3.fma(b1, t3);
    }
    int c0 = cBase + cRows[cRow];
    int c1 = cBase + cRows[cRow + 1];
    int c2 = cBase + cRows[cRow + 2];
    int c3 = cBase + cRows[cRow + 3];
    if (add) {
      s0 = s0.add(FloatVector.fromArray(S, c, c0));
      t0 = t0.add(FloatVector.fromArray(S, c, c0 + W));
      s1 = s1.add(FloatVector.fromArray(S, c, c1));
      t1 = t1.add(FloatVector.fromArray(S, c, c1 + W));
      s2 = s2.add(FloatVector.fromArray(S, c, c2));
      t2 = t2.add(FloatVector.fromArray(S, c, c2 + W));
      s3 = s3.add(FloatVector.fromArray(S, c, c3));
      t3 = t3.add(FloatVector.fromArray(S, c, c3 + W));
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + W);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + W);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + W);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + W);
  }

  private static void packed6(float[] a, int aBase, float[] b, int bBase, int[] bDepth, int from, int depth,
      float[] c, int cBase, int[] cRows, int cRow, boolean add) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector t0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector t1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector t2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector t3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector t4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector t5 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int bk = bBase + bDepth[from + k];
      FloatVector b0 = FloatVector.fromArray(S, b, bk);
      FloatVector b1 = FloatVector.fromArray(S, b, bk + W);
      FloatVector x0 = FloatVector.broadcast(S, a[aBase + k * 6]);
      s0 = x0.fma(b0, s0);
      t0 = x0.fma(b1, t0);
      FloatVector x1 = FloatVector.broadcast(S, a[aBase + k * 6 + 1]);
      s1 = x1.fma(b0, s1);
      t1 = x1.fma(b1, t1);
      FloatVector x2 = FloatVector.broadcast(S, a[aBase + k * 6 + 2]);
      s2 = x2.fma(b0, s2);
      t2 = x2.fma(b1, t2);
      FloatVector x3 = FloatVector.broadcast(S, a[aBase + k * 6 + 3]);
      s3 = x3.fma(b0, s3);
      t3 = x3.fma(b1, t3);
      FloatVector x4 = FloatVector.broadcast(S, a[aBase + k * 6 + 4]);
      s4 = x4.fma(b0, s4);
      t4 = x4.fma(b1, t4);
      FloatVector x5 = FloatVector.broadcast(S, a[aBase + k * 6 + 5]);
      s5 = x5.fma(b0, s5);
      t5 = x5.fma(b1, t5);
    }
    int c0 = cBase + cRows[cRow];
    int c1 = cBase + cRows[cRow + 1];
    int c2 = cBase + cRows[cRow + 2];
    int c3 = cBase + cRows[cRow + 3];
    int c4 = cBase + cRows[cRow + 4];
    int c5 = cBase + cRows[cRow + 5];
    if (add) {
      s0 = s0.add(FloatVector.fromArray(S, c, c0));
      t0 = t0.add(FloatVector.fromArray(S, c, c0 + W));
      s1 = s1.add(FloatVector.fromArray(S, c, c1));
      t1 = t1.add(FloatVector.fromArray(S, c, c1 + W));
      s2 = s2.add(FloatVector.fromArray(S, c, c2));
      t2 = t2.add(FloatVector.fromArray(S, c, c2 + W));
      s3 = s3.add(FloatVector.fromArray(S, c, c3));
      t3 = t3.add(FloatVector.fromArray(S, c, c3 + W));
      s4 = s4.add(FloatVector.fromArray(S, c, c4));
      t4 = t4.add(FloatVector.fromArray(S, c, c4 + W));
      s5 = s5.add(FloatVector.fromArray(S, c, c5));
      t5 = t5.add(FloatVector.fromArray(S, c, c5 + W));
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + W);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + W);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + W);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + W);
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + W);
    s5.intoArray(c, c5);
    t5.intoArray(c, c5 + W);
  }

  private static void packed8(float[] a, int aBase, float[] b, int bBase, int[] bDepth, int from, int depth,
      float[] c, int cBase, int[] cRows, int cRow, boolean add) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector t0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector t1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector t2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector t3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector t4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector t5 = FloatVector.zero(S);
    FloatVector s6 = FloatVector.zero(S);
    FloatVector t6 = FloatVector.zero(S);
    FloatVector s7 = FloatVector.zero(S);
    FloatVector t7 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      int bk = bBase + bDepth[from + k];
      FloatVector b0 = FloatVector.fromArray(S, b, bk);
      FloatVector b1 = FloatVector.fromArray(S, b, bk + W);
      FloatVector x0 = FloatVector.broadcast(S, a[aBase + k * 8]);
      s0 = x0.fma(b0, s0);
      t0 = x0.fma(b1, t0);
      FloatVector x1 = FloatVector.broadcast(S, a[aBase + k * 8 + 1]);
      s1 = x1.fma(b0, s1);
      t1 = x1.fma(b1, t1);
      FloatVector x2 = FloatVector.broadcast(S, a[aBase + k * 8 + 2]);
      s2 = x2.fma(b0, s2);
      t2 = x2.fma(b1, t2);
      FloatVector x3 = FloatVector.broadcast(S, a[aBase + k * 8 + 3]);
      s3 = x3.fma(b0, s3);
      t3 = x3.fma(b1, t3);
      FloatVector x4 = FloatVector.broadcast(S, a[aBase + k * 8 + 4]);
      s4 = x4.fma(b0, s4);
      t4 = x4.fma(b1, t4);
      FloatVector x5 = FloatVector.broadcast(S, a[aBase + k * 8 + 5]);
      s5 = x5.fma(b0, s5);
      t5 = x5.fma(b1, t5);
      FloatVector x6 = FloatVector.broadcast(S, a[aBase + k * 8 + 6]);
      s6 = x6.fma(b0, s6);
      t6 = x6.fma(b1, t6);
      FloatVector x7 = FloatVector.broadcast(S, a[aBase + k * 8 + 7]);
      s7 = x7.fma(b0, s7);
      t7 = x7.fma(b1, t7);
    }
    int c0 = cBase + cRows[cRow];
    int c1 = cBase + cRows[cRow + 1];
    int c2 = cBase + cRows[cRow + 2];
    int c3 = cBase + cRows[cRow + 3];
    int c4 = cBase + cRows[cRow + 4];
    int c5 = cBase + cRows[cRow + 5];
    int c6 = cBase + cRows[cRow + 6];
    int c7 = cBase + cRows[cRow + 7];
    if (add) {
      s0 = s0.add(FloatVector.fromArray(S, c, c0));
      t0 = t0.add(FloatVector.fromArray(S, c, c0 + W));
      s1 = s1.add(FloatVector.fromArray(S, c, c1));
      t1 = t1.add(FloatVector.fromArray(S, c, c1 + W));
      s2 = s2.add(FloatVector.fromArray(S, c, c2));
      t2 = t2.add(FloatVector.fromArray(S, c, c2 + W));
      s3 = s3.add(FloatVector.fromArray(S, c, c3));
      t3 = t3.add(FloatVector.fromArray(S, c, c3 + W));
      s4 = s4.add(FloatVector.fromArray(S, c, c4));
      t4 = t4.add(FloatVector.fromArray(S, c, c4 + W));
      s5 = s5.add(FloatVector.fromArray(S, c, c5));
      t5 = t5.add(FloatVector.fromArray(S, c, c5 + W));
      s6 = s6.add(FloatVector.fromArray(S, c, c6));
      t6 = t6.add(FloatVector.fromArray(S, c, c6 + W));
      s7 = s7.add(FloatVector.fromArray(S, c, c7));
      t7 = t7.add(FloatVector.fromArray(S, c, c7 + W));
    }
    s0.intoArray(c, c0);
    t0.intoArray(c, c0 + W);
    s1.intoArray(c, c1);
    t1.intoArray(c, c1 + W);
    s2.intoArray(c, c2);
    t2.intoArray(c, c2 + W);
    s3.intoArray(c, c3);
    t3.intoArray(c, c3 + W);
    s4.intoArray(c, c4);
    t4.intoArray(c, c4 + W);
    s5.intoArray(c, c5);
    t5.intoArray(c, c5 + W);
    s6.intoArray(c, c6);
    t6.intoArray(c, c6 + W);
    s7.intoArray(c, c7);
    t7.intoArray(c, c7 + W);
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
  void dotsOfOne(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] lanes, float[] sums, int at) {
    int a0 = aBase + aRows[row];
    int a1 = aBase + aRows[row + 1];
    int a2 = aBase + aRows[row + 2];
    int a3 = aBase + aRows[row + 3];
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    int bound = S.loopBound(depth);
    for (int k = 0; k < bound; k += W) {
      FloatVector y = FloatVector.fromArray(S, b, bBase + k);
      s0 = y.fma(FloatVector.fromArray(S, a, a0 + k), s0);
      s1 = y.fma(FloatVector.fromArray(S, a, a1 + k), s1);
      s2 = y.fma(FloatVector.fromArray(S, a, a2 + k), s2);
      s3 = y.fma(FloatVector.fromArray(S, a, a3 + k), s3);
    }
    s0.intoArray(lanes, 0);
    s1.intoArray(lanes, W);
    s2.intoArray(lanes, 2 * W);
    s3.intoArray(lanes, 3 * W);
    fold(lanes, 4, sums, at);
    float r0 = sums[at];
    float r1 = sums[at + 1];
    float r2 = sums[at + 2];
    float r3 = sums[at + 3];
    for (int k = bound; k < depth; k++) {
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

  @Override
  void dots(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int[] bRows, int column, int depth,
      float[] lanes, float[] sums, int at) {
    if (!TALL) {
      super.dots(a, aBase, aRows, row, b, bBase, bRows, column, depth, lanes, sums, at);
      return;
    }
    int a0 = aBase + aRows[row];
    int a1 = aBase + aRows[row + 1];
    int a2 = aBase + aRows[row + 2];
    int a3 = aBase + aRows[row + 3];
    int b0 = bBase + bRows[column];
    int b1 = bBase + bRows[column + 1];
    int b2 = bBase + bRows[column + 2];
    int b3 = bBase + bRows[column + 3];
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = FloatVector.zero(S);
    FloatVector s02 = FloatVector.zero(S);
    FloatVector s03 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = FloatVector.zero(S);
    FloatVector s12 = FloatVector.zero(S);
    FloatVector s13 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
    FloatVector s21 = FloatVector.zero(S);
    FloatVector s22 = FloatVector.zero(S);
    FloatVector s23 = FloatVector.zero(S);
    FloatVector s30 = FloatVector.zero(S);
    FloatVector s31 = FloatVector.zero(S);
    FloatVector s32 = FloatVector.zero(S);
    FloatVector s33 = FloatVector.zero(S);
    int bound = S.loopBound(depth);
    for (int k = 0; k < bound; k += W) {
      FloatVector y0 = FloatVector.fromArray(S, b, b0 + k);
      FloatVector y1 = FloatVector.fromArray(S, b, b1 + k);
      FloatVector y2 = FloatVector.fromArray(S, b, b2 + k);
      FloatVector y3 = FloatVector.fromArray(S, b, b3 + k);
      FloatVector x0 = FloatVector.fromArray(S, a, a0 + k);
      s00 = x0.fma(y0, s00);
      s01 = x0.fma(y1, s01);
      s02 = x0.fma(y2, s02);
      s03 = x0.fma(y3, s03);
      FloatVector x1 = FloatVector.fromArray(S, a, a1 + k);
      s10 = x1.fma(y0, s10);
      s11 = x1.fma(y1, s11);
      s12 = x1.fma(y2, s12);
      s13 = x1.fma(y3, s13);
      FloatVector x2 = FloatVector.fromArray(S, a, a2 + k);
      s20 = x2.fma(y0, s20);
      s21 = x2.fma(y1, s21);
      s22 = x2.fma(y2, s22);
      s23 = x2.fma(y3, s23);
      FloatVector x3 = FloatVector.fromArray(S, a, a3 + k);
      s30 = x3.fma(y0, s30);
      s31 = x3.fma(y1, s31);
      s32 = x3.fma(y2, s32);
      s33 = x3.fma(y3, s33);
    }
    s00.intoArray(lanes, 0);
    s10.intoArray(lanes, W);
    s20.intoArray(lanes, 2 * W);
    s30.intoArray(lanes, 3 * W);
    s01.intoArray(lanes, 4 * W);
    s11.intoArray(lanes, 5 * W);
    s21.intoArray(lanes, 6 * W);
    s31.intoArray(lanes, 7 * W);
    s02.intoArray(lanes, 8 * W);
    s12.intoArray(lanes, 9 * W);
    s22.intoArray(lanes, 10 * W);
    s32.intoArray(lanes, 11 * W);
    s03.intoArray(lanes, 12 * W);
    s13.intoArray(lanes, 13 * W);
    s23.intoArray(lanes, 14 * W);
    s33.intoArray(lanes, 15 * W);
    fold(lanes, 16, sums, at);
    for (int k = bound; k < depth; k++) {
      for (int i = 0; i < 4; i++) {
        float x = a[aBase + aRows[row + i] + k];
        sums[at + i] += x * b[b0 + k];
        sums[at + i + 4] += x * b[b1 + k];
        sums[at + i + 8] += x * b[b2 + k];
        sums[at + i + 12] += x * b[b3 + k];
      }
    }
  }

  @Override
  void dotsAt(float[] a, int aBase, int[] aRows, int row, int[] vectors, int first, int count, float[] b, int b0, int b1,
      int b2, int b3, float[] lanes, float[] sums, int at) {
    int a0 = aBase + aRows[row];
    int a1 = aBase + aRows[row + 1];
    int a2 = aBase + aRows[row + 2];
    int a3 = aBase + aRows[row + 3];
    FloatVector s00 = FloatVector.zero(S);
    FloatVector s01 = FloatVector.zero(S);
    FloatVector s02 = FloatVector.zero(S);
    FloatVector s03 = FloatVector.zero(S);
    FloatVector s10 = FloatVector.zero(S);
    FloatVector s11 = FloatVector.zero(S);
    FloatVector s12 = FloatVector.zero(S);
    FloatVector s13 = FloatVector.zero(S);
    FloatVector s20 = FloatVector.zero(S);
    FloatVector s21 = FloatVector.zero(S);
    FloatVector s22 = FloatVector.zero(S);
    FloatVector s23 = FloatVector.zero(S);
    FloatVector s30 = FloatVector.zero(S);
    FloatVector s31 = FloatVector.zero(S);
    FloatVector s32 = FloatVector.zero(S);
    FloatVector s33 = FloatVector.zero(S);
    for (int v = 0; v < count; v++) {
      int k = vectors[first + v];
      FloatVector y0 = FloatVector.fromArray(S, b, b0 + v * W);
      FloatVector y1 = FloatVector.fromArray(S, b, b1 + v * W);
      FloatVector y2 = FloatVector.fromArray(S, b, b2 + v * W);
      FloatVector y3 = FloatVector.fromArray(S, b, b3 + v * W);
      FloatVector x0 = FloatVector.fromArray(S, a, a0 + k);
      s00 = x0.fma(y0, s00);
      s01 = x0.fma(y1, s01);
      s02 = x0.fma(y2, s02);
      s03 = x0.fma(y3, s03);
      FloatVector x1 = FloatVector.fromArray(S, a, a1 + k);
      s10 = x1.fma(y0, s10);
      s11 = x1.fma(y1, s11);
      s12 = x1.fma(y2, s12);
      s13 = x1.fma(y3, s13);
      FloatVector x2 = FloatVector.fromArray(S, a, a2 + k);
      s20 = x2.fma(y0, s20);
      s21 = x2.fma(y1, s21);
      s22 = x2.fma(y2, s22);
      s23 = x2.fma(y3, s23);
      FloatVector x3 = FloatVector.fromArray(S, a, a3 + k);
      s30 = x3.fma(y0, s30);
      s31 = x3.fma(y1, s31);
      s32 = x3.fma(y2, s32);
      s33 = x3.fma(y3, s33);
    }
    s00.intoArray(lanes, 0);
    s10.intoArray(lanes, W);
    s20.intoArray(lanes, 2 * W);
    s30.intoArray(lanes, 3 * W);
    s01.intoArray(lanes, 4 * W);
    s11.intoArray(lanes, 5 * W);
    s21.intoArray(lanes, 6 * W);
    s31.intoArray(lanes, 7 * W);
    s02.intoArray(lanes, 8 * W);
    s12.intoArray(lanes, 9 * W);
    s22.intoArray(lanes, 10 * W);
    s32.intoArray(lanes, 11 * W);
    s03.intoArray(lanes, 12 * W);
    s13.intoArray(lanes, 13 * W);
    s23.intoArray(lanes, 14 * W);
    s33.intoArray(lanes, 15 * W);
    fold(lanes, 16, sums, at);
  }

  /**
   * The sum of each of {@code count} stored vectors, in a fixed order: that of {@code reduceLanes} changes when the code is
   * compiled.
   */
  private static void fold(float[] lanes, int count, float[] sums, int at) {
    for (int r = 0; r < count; r++) {
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      for (int l = r * W; l < (r + 1) * W; l += 4) {
        s0 += lanes[l];
        s1 += lanes[l + 1];
        s2 += lanes[l + 2];
        s3 += lanes[l + 3];
      }
      sums[at + r] = (s0 + s1) + (s2 + s3);
    }
  }

  /** Lines are often shorter than the longest vectors. */
  private static final VectorSpecies<Float> SHORT = W > 8 ? FloatVector.SPECIES_256 : S;

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

  @Override
  void packColumns(float[] a, int aBase, int[] aDepth, int height, float[] packed, int at) {
    for (int k = 0; k < aDepth.length; k++) {
      int from = aBase + aDepth[k];
      FloatVector first = FloatVector.fromArray(FOUR, a, from);
      // The second four overlap the first ones where the height is 6, and are them where it is 4.
      FloatVector last = FloatVector.fromArray(FOUR, a, from + height - 4);
      first.intoArray(packed, at + k * height);
      last.intoArray(packed, at + k * height + height - 4);
    }
  }

  @Override
  void copy(float[] from, int at, float[] to, int target, int length) {
    int bound = SHORT.loopBound(length);
    for (int i = 0; i < bound; i += SHORT.length()) {
      FloatVector.fromArray(SHORT, from, at + i).intoArray(to, target + i);
    }
    int last = length - SHORT.length();
    if (last >= 0) {
      FloatVector.fromArray(SHORT, from, at + last).intoArray(to, target + last);
    } else {
      for (int i = 0; i < length; i++) {
        to[target + i] = from[at + i];
      }
    }
  }

  @Override
  void packRuns(float[] b, int bBase, int[] bDepth, int k, int depth, int[] runFrom, int[] runLane, int[] runLength,
      int run, int runEnd, float[] panel, int at) {
    int highest = runFrom[run];
    for (int r = run + 1; r < runEnd; r++) {
      highest = Math.max(highest, runFrom[r]);
    }
    // The whole vector from the highest run's start must lie in the operand.
    int lastWhole = b.length - W - bBase - highest;
    boolean few = runEnd - run <= 4;
    for (int i = 0; i < depth; i++) {
      if (bDepth[k + i] == NOTHING) {
        FloatVector.zero(S).intoArray(panel, at + i * COLUMNS);
        FloatVector.zero(S).intoArray(panel, at + i * COLUMNS + W);
      } else if (bDepth[k + i] > lastWhole) {
        packLine(b, bBase + bDepth[k + i], runFrom, runLane, runLength, run, runEnd, panel, at + i * COLUMNS);
      } else if (!few) {
        packManyRuns(b, bBase + bDepth[k + i], runFrom, runLane, run, runEnd, panel, at + i * COLUMNS);
      } else {
        i += packFewRuns(b, bBase, bDepth, k + i, depth - i, lastWhole, runFrom, runLane, run, runEnd, panel,
            at + i * COLUMNS) - 1;
      }
    }
  }

  private static void packLine(float[] b, int from, int[] runFrom, int[] runLane, int[] runLength, int run, int runEnd,
      float[] panel, int line) {
    for (int r = run; r < runEnd; r++) {
      System.arraycopy(b, from + runFrom[r], panel, line + runLane[r], runLength[r]);
    }
  }

  private static void packManyRuns(float[] b, int from, int[] runFrom, int[] runLane, int run, int runEnd, float[] panel,
      int line) {
    for (int r = run; r < runEnd; r++) {
      FloatVector.fromArray(S, b, from + runFrom[r]).intoArray(panel, line + runLane[r]);
    }
  }

  /** Lines of one to four runs, whose places stay in registers, up to the first that needs more care; returns how many. */
  private static int packFewRuns(float[] b, int bBase, int[] bDepth, int k, int depth, int lastWhole, int[] runFrom,
      int[] runLane, int run, int runEnd, float[] panel, int at) {
    int r1 = Math.min(run + 1, runEnd - 1);
    int r2 = Math.min(run + 2, runEnd - 1);
    int r3 = runEnd - 1;
    int from0 = bBase + runFrom[run];
    int from1 = bBase + runFrom[r1];
    int from2 = bBase + runFrom[r2];
    int from3 = bBase + runFrom[r3];
    int lane0 = at + runLane[run];
    int lane1 = at + runLane[r1];
    int lane2 = at + runLane[r2];
    int lane3 = at + runLane[r3];
    int runs = runEnd - run;
    int i = 0;
    for (; i < depth; i++) {
      int offset = bDepth[k + i];
      if (offset > lastWhole || offset == NOTHING) {
        break;
      }
      int line = i * COLUMNS;
      FloatVector.fromArray(S, b, from0 + offset).intoArray(panel, lane0 + line);
      if (runs > 1) {
        FloatVector.fromArray(S, b, from1 + offset).intoArray(panel, lane1 + line);
      }
      if (runs > 2) {
        FloatVector.fromArray(S, b, from2 + offset).intoArray(panel, lane2 + line);
      }
      if (runs > 3) {
        FloatVector.fromArray(S, b, from3 + offset).intoArray(panel, lane3 + line);
      }
    }
    return i;
  }
}
