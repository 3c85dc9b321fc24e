package org.dlm.runtime.kernel;

/** The scalar twin of the transforms in vectors. */
final class ScalarWinograd extends WinogradTransforms {
  private static final int LANES = 4;

  @Override
  int lanes() {
    return LANES;
  }

  @Override
  int mapLanes() {
    return LANES;
  }

  @Override
  void image(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner) {
    int step = walk.step();
    int stepTo = walk.stepTo();
    for (int i = 0; i < outer * inner * LANES; i++) {
      int place = i / LANES;
      int x = at + place / inner * walk.outer() + place % inner * walk.inner() + i % LANES;
      int y = target + place / inner * walk.outerTo() + place % inner * walk.innerTo() + i % LANES;
      float d0 = from[x];
      float d1 = from[x + step];
      float d2 = from[x + 2 * step];
      float d3 = from[x + 3 * step];
      float d4 = from[x + 4 * step];
      float d5 = from[x + 5 * step];
      float even = d4 - 2f * d2;
      float odd = (d3 - (d1 + d1)) * HALF_ROOT;
      float even2 = d4 - 0.5f * d2;
      float odd2 = (d3 - 0.5f * d1) * ROOT;
      to[y] = d0 + d4 - 2.5f * d2;
      to[y + stepTo] = even + odd;
      to[y + 2 * stepTo] = even - odd;
      to[y + 3 * stepTo] = even2 + odd2;
      to[y + 4 * stepTo] = even2 - odd2;
      to[y + 5 * stepTo] = d1 + d5 - 2.5f * d3;
    }
  }

  @Override
  void filter(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner) {
    int step = walk.step();
    int stepTo = walk.stepTo();
    for (int i = 0; i < outer * inner * LANES; i++) {
      int place = i / LANES;
      int x = at + place / inner * walk.outer() + place % inner * walk.inner() + i % LANES;
      int y = target + place / inner * walk.outerTo() + place % inner * walk.innerTo() + i % LANES;
      float g0 = from[x];
      float g1 = from[x + step];
      float g2 = from[x + 2 * step];
      float third = g2 * THIRD;
      float even = -(g0 * TWO_THIRDS + third);
      float odd = g1 * ROOT_THIRD;
      float even2 = g0 * SIXTH + third;
      float odd2 = g1 * ROOT_SIXTH;
      to[y] = g0;
      to[y + stepTo] = even - odd;
      to[y + 2 * stepTo] = even + odd;
      to[y + 3 * stepTo] = even2 + odd2;
      to[y + 4 * stepTo] = even2 - odd2;
      to[y + 5 * stepTo] = g2;
    }
  }

  @Override
  void result(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner) {
    int step = walk.step();
    int stepTo = walk.stepTo();
    for (int i = 0; i < outer * inner * LANES; i++) {
      int place = i / LANES;
      int x = at + place / inner * walk.outer() + place % inner * walk.inner() + i % LANES;
      int y = target + place / inner * walk.outerTo() + place % inner * walk.innerTo() + i % LANES;
      float m0 = from[x];
      float m1 = from[x + step];
      float m2 = from[x + 2 * step];
      float m3 = from[x + 3 * step];
      float m4 = from[x + 4 * step];
      float m5 = from[x + 5 * step];
      float p = m1 + m2;
      float q = m1 - m2;
      float p2 = m3 + m4;
      float q2 = m3 - m4;
      to[y] = m0 + p + p2;
      to[y + stepTo] = q2 * ROOT + q * HALF_ROOT;
      to[y + 2 * stepTo] = p2 * 2f + p * 0.5f;
      to[y + 3 * stepTo] = q2 * ROOT_CUBED + (q * HALF_ROOT_CUBED + m5);
    }
  }

  @Override
  void map(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner) {
    int step = walk.step();
    int stepTo = walk.stepTo();
    for (int i = 0; i < outer * inner * LANES; i++) {
      int place = i / LANES;
      int x = at + place / inner * walk.outer() + place % inner * walk.inner() + i % LANES;
      int y = target + place / inner * walk.outerTo() + place % inner * walk.innerTo() + i % LANES;
      float r0 = from[x];
      float r1 = from[x + step];
      float r2 = from[x + 2 * step];
      float r3 = from[x + 3 * step];
      float even = r2 * 0.5f + r0;
      float odd = r3 * HALF_ROOT_CUBED + r1 * HALF_ROOT;
      float even2 = r2 * 2f + r0;
      float odd2 = r3 * ROOT_CUBED + r1 * ROOT;
      to[y] = r0;
      to[y + stepTo] = even + odd;
      to[y + 2 * stepTo] = even - odd;
      to[y + 3 * stepTo] = even2 + odd2;
      to[y + 4 * stepTo] = even2 - odd2;
      to[y + 5 * stepTo] = r3;
    }
  }

  @Override
  void taps(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner) {
    int step = walk.step();
    int stepTo = walk.stepTo();
    for (int i = 0; i < outer * inner * LANES; i++) {
      int place = i / LANES;
      int x = at + place / inner * walk.outer() + place % inner * walk.inner() + i % LANES;
      int y = target + place / inner * walk.outerTo() + place % inner * walk.innerTo() + i % LANES;
      float m0 = from[x];
      float m1 = from[x + step];
      float m2 = from[x + 2 * step];
      float m3 = from[x + 3 * step];
      float m4 = from[x + 4 * step];
      float m5 = from[x + 5 * step];
      float p = m1 + m2;
      float q = m1 - m2;
      float p2 = m3 + m4;
      float q2 = m3 - m4;
      to[y] = p2 * SIXTH + m0 - p * TWO_THIRDS;
      to[y + stepTo] = q2 * ROOT_SIXTH - q * ROOT_THIRD;
      to[y + 2 * stepTo] = (p2 - p) * THIRD + m5;
    }
  }
}
