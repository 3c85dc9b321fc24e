package org.dlm.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.dlm.runtime.lanes.Lanes;

/**
 * Tiles of 8 left rows by the first vector of a packed panel that has columns in no more; written as
 * {@link VectorRowTiles}.
 */
final class VectorNarrowTiles {
  private VectorNarrowTiles() {}

  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int W = S.length();
  private static final int COLUMNS = 2 * W;

  static void narrowRows(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] c,
      int cBase, int[] cRows, int cRow, boolean add) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector s6 = FloatVector.zero(S);
    FloatVector s7 = FloatVector.zero(S);
    int a0 = aBase + aRows[row];
    int a1 = aBase + aRows[row + 1];
    int a2 = aBase + aRows[row + 2];
    int a3 = aBase + aRows[row + 3];
    int a4 = aBase + aRows[row + 4];
    int a5 = aBase + aRows[row + 5];
    int a6 = aBase + aRows[row + 6];
    int a7 = aBase + aRows[row + 7];
    for (int k = 0; k < depth; k++) {
      FloatVector y = FloatVector.fromArray(S, b, bBase + k * COLUMNS);
      s0 = FloatVector.broadcast(S, a[a0 + k]).fma(y, s0);
      s1 = FloatVector.broadcast(S, a[a1 + k]).fma(y, s1);
      s2 = FloatVector.broadcast(S, a[a2 + k]).fma(y, s2);
      s3 = FloatVector.broadcast(S, a[a3 + k]).fma(y, s3);
      s4 = FloatVector.broadcast(S, a[a4 + k]).fma(y, s4);
      s5 = FloatVector.broadcast(S, a[a5 + k]).fma(y, s5);
      s6 = FloatVector.broadcast(S, a[a6 + k]).fma(y, s6);
      s7 = FloatVector.broadcast(S, a[a7 + k]).fma(y, s7);
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
      s1 = s1.add(FloatVector.fromArray(S, c, c1));
      s2 = s2.add(FloatVector.fromArray(S, c, c2));
      s3 = s3.add(FloatVector.fromArray(S, c, c3));
      s4 = s4.add(FloatVector.fromArray(S, c, c4));
      s5 = s5.add(FloatVector.fromArray(S, c, c5));
      s6 = s6.add(FloatVector.fromArray(S, c, c6));
      s7 = s7.add(FloatVector.fromArray(S, c, c7));
    }
    s0.intoArray(c, c0);
    s1.intoArray(c, c1);
    s2.intoArray(c, c2);
    s3.intoArray(c, c3);
    s4.intoArray(c, c4);
    s5.intoArray(c, c5);
    s6.intoArray(c, c6);
    s7.intoArray(c, c7);
  }

  static void narrowPacked(float[] a, int aBase, float[] b, int bBase, int depth, float[] c, int cBase, int[] cRows,
      int cRow, boolean add) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector s6 = FloatVector.zero(S);
    FloatVector s7 = FloatVector.zero(S);
    for (int k = 0; k < depth; k++) {
      FloatVector y = FloatVector.fromArray(S, b, bBase + k * COLUMNS);
      s0 = FloatVector.broadcast(S, a[aBase + k * 8]).fma(y, s0);
      s1 = FloatVector.broadcast(S, a[aBase + k * 8 + 1]).fma(y, s1);
      s2 = FloatVector.broadcast(S, a[aBase + k * 8 + 2]).fma(y, s2);
      s3 = FloatVector.broadcast(S, a[aBase + k * 8 + 3]).fma(y, s3);
      s4 = FloatVector.broadcast(S, a[aBase + k * 8 + 4]).fma(y, s4);
      s5 = FloatVector.broadcast(S, a[aBase + k * 8 + 5]).fma(y, s5);
      s6 = FloatVector.broadcast(S, a[aBase + k * 8 + 6]).fma(y, s6);
      s7 = FloatVector.broadcast(S, a[aBase + k * 8 + 7]).fma(y, s7);
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
      s1 = s1.add(FloatVector.fromArray(S, c, c1));
      s2 = s2.add(FloatVector.fromArray(S, c, c2));
      s3 = s3.add(FloatVector.fromArray(S, c, c3));
      s4 = s4.add(FloatVector.fromArray(S, c, c4));
      s5 = s5.add(FloatVector.fromArray(S, c, c5));
      s6 = s6.add(FloatVector.fromArray(S, c, c6));
      s7 = s7.add(FloatVector.fromArray(S, c, c7));
    }
    s0.intoArray(c, c0);
    s1.intoArray(c, c1);
    s2.intoArray(c, c2);
    s3.intoArray(c, c3);
    s4.intoArray(c, c4);
    s5.intoArray(c, c5);
    s6.intoArray(c, c6);
    s7.intoArray(c, c7);
  }

  /** The left operand is read one number at a time: no loads but those of the tables are consecutive. */
  static void gathered(float[] a, int aBase, int[] aRows, int row, int[] aDepth, int from, int depth, float[] b,
      int bBase, float[] c, int cBase, boolean add) {
    FloatVector s0 = FloatVector.zero(S);
    FloatVector s1 = FloatVector.zero(S);
    FloatVector s2 = FloatVector.zero(S);
    FloatVector s3 = FloatVector.zero(S);
    FloatVector s4 = FloatVector.zero(S);
    FloatVector s5 = FloatVector.zero(S);
    FloatVector s6 = FloatVector.zero(S);
    FloatVector s7 = FloatVector.zero(S);
    int a0 = aBase + aRows[row];
    int a1 = aBase + aRows[row + 1];
    int a2 = aBase + aRows[row + 2];
    int a3 = aBase + aRows[row + 3];
    int a4 = aBase + aRows[row + 4];
    int a5 = aBase + aRows[row + 5];
    int a6 = aBase + aRows[row + 6];
    int a7 = aBase + aRows[row + 7];
    for (int k = 0; k < depth; k++) {
      int at = aDepth[from + k];
      FloatVector y = FloatVector.fromArray(S, b, bBase + k * W);
      s0 = FloatVector.broadcast(S, a[a0 + at]).fma(y, s0);
      s1 = FloatVector.broadcast(S, a[a1 + at]).fma(y, s1);
      s2 = FloatVector.broadcast(S, a[a2 + at]).fma(y, s2);
      s3 = FloatVector.broadcast(S, a[a3 + at]).fma(y, s3);
      s4 = FloatVector.broadcast(S, a[a4 + at]).fma(y, s4);
      s5 = FloatVector.broadcast(S, a[a5 + at]).fma(y, s5);
      s6 = FloatVector.broadcast(S, a[a6 + at]).fma(y, s6);
      s7 = FloatVector.broadcast(S, a[a7 + at]).fma(y, s7);
    }
    if (add) {
      s0 = s0.add(FloatVector.fromArray(S, c, cBase));
      s1 = s1.add(FloatVector.fromArray(S, c, cBase + W));
      s2 = s2.add(FloatVector.fromArray(S, c, cBase + 2 * W));
      s3 = s3.add(FloatVector.fromArray(S, c, cBase + 3 * W));
      s4 = s4.add(FloatVector.fromArray(S, c, cBase + 4 * W));
      s5 = s5.add(FloatVector.fromArray(S, c, cBase + 5 * W));
      s6 = s6.add(FloatVector.fromArray(S, c, cBase + 6 * W));
      s7 = s7.add(FloatVector.fromArray(S, c, cBase + 7 * W));
    }
    s0.intoArray(c, cBase);
    s1.intoArray(c, cBase + W);
    s2.intoArray(c, cBase + 2 * W);
    s3.intoArray(c, cBase + 3 * W);
    s4.intoArray(c, cBase + 4 * W);
    s5.intoArray(c, cBase + 5 * W);
    s6.intoArray(c, cBase + 6 * W);
    s7.intoArray(c, cBase + 7 * W);
  }
}
