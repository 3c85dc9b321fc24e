package org.dlm.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.dlm.runtime.lanes.Lanes;

/**
 * Inner products with lanes along depth, written as {@link VectorRowTiles} are; their lanes are added up in a fixed
 * order.
 */
final class VectorDots {
  private VectorDots() {}

  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int W = S.length();

  static void dotsOfOne(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int depth, float[] lanes,
      float[] sums, int at) {
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
    fold(lanes, 0, 4, sums, at);
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

  static void dots(float[] a, int aBase, int[] aRows, int row, float[] b, int bBase, int[] bRows, int column, int depth,
      float[] lanes, float[] sums, int at) {
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
    fold(lanes, 0, 16, sums, at);
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

  static void dotsAt(float[] a, int aBase, int[] aRows, int row, int[] aVectors, int first, int count, float[] b,
      int b0, int b1, int b2, int b3, int[] bVectors, int bFirst, float[] lanes, int lanesAt, boolean add) {
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
      int k = aVectors[first + v];
      int l = bVectors[bFirst + v];
      FloatVector y0 = FloatVector.fromArray(S, b, b0 + l);
      FloatVector y1 = FloatVector.fromArray(S, b, b1 + l);
      FloatVector y2 = FloatVector.fromArray(S, b, b2 + l);
      FloatVector y3 = FloatVector.fromArray(S, b, b3 + l);
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
    if (add) {
      s00 = s00.add(FloatVector.fromArray(S, lanes, lanesAt + 0 * W));
      s10 = s10.add(FloatVector.fromArray(S, lanes, lanesAt + 1 * W));
      s20 = s20.add(FloatVector.fromArray(S, lanes, lanesAt + 2 * W));
      s30 = s30.add(FloatVector.fromArray(S, lanes, lanesAt + 3 * W));
      s01 = s01.add(FloatVector.fromArray(S, lanes, lanesAt + 4 * W));
      s11 = s11.add(FloatVector.fromArray(S, lanes, lanesAt + 5 * W));
      s21 = s21.add(FloatVector.fromArray(S, lanes, lanesAt + 6 * W));
      s31 = s31.add(FloatVector.fromArray(S, lanes, lanesAt + 7 * W));
      s02 = s02.add(FloatVector.fromArray(S, lanes, lanesAt + 8 * W));
      s12 = s12.add(FloatVector.fromArray(S, lanes, lanesAt + 9 * W));
      s22 = s22.add(FloatVector.fromArray(S, lanes, lanesAt + 10 * W));
      s32 = s32.add(FloatVector.fromArray(S, lanes, lanesAt + 11 * W));
      s03 = s03.add(FloatVector.fromArray(S, lanes, lanesAt + 12 * W));
      s13 = s13.add(FloatVector.fromArray(S, lanes, lanesAt + 13 * W));
      s23 = s23.add(FloatVector.fromArray(S, lanes, lanesAt + 14 * W));
      s33 = s33.add(FloatVector.fromArray(S, lanes, lanesAt + 15 * W));
    }
    s00.intoArray(lanes, lanesAt + 0 * W);
    s10.intoArray(lanes, lanesAt + 1 * W);
    s20.intoArray(lanes, lanesAt + 2 * W);
    s30.intoArray(lanes, lanesAt + 3 * W);
    s01.intoArray(lanes, lanesAt + 4 * W);
    s11.intoArray(lanes, lanesAt + 5 * W);
    s21.intoArray(lanes, lanesAt + 6 * W);
    s31.intoArray(lanes, lanesAt + 7 * W);
    s02.intoArray(lanes, lanesAt + 8 * W);
    s12.intoArray(lanes, lanesAt + 9 * W);
    s22.intoArray(lanes, lanesAt + 10 * W);
    s32.intoArray(lanes, lanesAt + 11 * W);
    s03.intoArray(lanes, lanesAt + 12 * W);
    s13.intoArray(lanes, lanesAt + 13 * W);
    s23.intoArray(lanes, lanesAt + 14 * W);
    s33.intoArray(lanes, lanesAt + 15 * W);
  }

  /**
   * The sum of each of {@code count} stored vectors, in a fixed order: that of {@code reduceLanes} changes when the
   * code is compiled.
   */
  static void fold(float[] lanes, int lanesAt, int count, float[] sums, int at) {
    for (int r = 0; r < count; r++) {
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      for (int l = lanesAt + r * W; l < lanesAt + (r + 1) * W; l += 4) {
        s0 += lanes[l];
        s1 += lanes[l + 1];
        s2 += lanes[l + 2];
        s3 += lanes[l + 3];
      }
      sums[at + r] = (s0 + s1) + (s2 + s3);
    }
  }
}
