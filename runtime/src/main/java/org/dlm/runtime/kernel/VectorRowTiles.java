package org.dlm.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.dlm.runtime.lanes.Lanes;

/**
 * Tiles of 4, 6 or 8 left rows, read where they lie, by a packed panel of two vectors.
 *
 * <p>Accumulators are locals and every index is a loop-invariant base plus the loop variable times a constant, so that
 * the compiler keeps them in registers and moves bounds checks out of the loop: the loop body is loads, broadcasts and
 * multiply-adds, nothing else. Keep it so: a spilled accumulator halves the speed, and a vector handed to another
 * method is boxed wherever the compiler chooses not to inline that.
 */
final class VectorRowTiles {
  private VectorRowTiles() {}

  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int W = S.length();
  private static final int COLUMNS = 2 * W;

  static void rows4(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c,
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

  static void rows6(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c,
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

  static void rows8(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c,
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
}
