package org.dlm.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.dlm.runtime.lanes.Lanes;

/** The transforms in vectors of the width that was chosen. */
final class VectorWinograd extends WinogradTransforms {
  private static final VectorSpecies<Float> S = Lanes.FLOATS;

  /** As many lanes as a tile of products has rows. */
  private static final VectorSpecies<Float> ROWS =
      TileKernels.CHOSEN.tall() ? FloatVector.SPECIES_256 : FloatVector.SPECIES_128;

  @Override
  int lanes() {
    return S.length();
  }

  @Override
  int mapLanes() {
    return ROWS.length();
  }

  @Override
  void image(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner) {
    int step = walk.step();
    int stepTo = walk.stepTo();
    int place = 0;
    int x = at;
    int y = target;
    int count = outer * inner;
    for (int i = 0; i < count; i++) {
      FloatVector d0 = FloatVector.fromArray(S, from, x);
      FloatVector d1 = FloatVector.fromArray(S, from, x + step);
      FloatVector d2 = FloatVector.fromArray(S, from, x + 2 * step);
      FloatVector d3 = FloatVector.fromArray(S, from, x + 3 * step);
      FloatVector d4 = FloatVector.fromArray(S, from, x + 4 * step);
      FloatVector d5 = FloatVector.fromArray(S, from, x + 5 * step);
      FloatVector even = d2.fma(FloatVector.broadcast(S, -2f), d4);
      FloatVector odd = d3.sub(d1.add(d1)).mul(HALF_ROOT);
      FloatVector even2 = d2.fma(FloatVector.broadcast(S, -0.5f), d4);
      FloatVector odd2 = d1.fma(FloatVector.broadcast(S, -0.5f), d3).mul(ROOT);
      d2.fma(FloatVector.broadcast(S, -2.5f), d0.add(d4)).intoArray(to, y);
      even.add(odd).intoArray(to, y + stepTo);
      even.sub(odd).intoArray(to, y + 2 * stepTo);
      even2.add(odd2).intoArray(to, y + 3 * stepTo);
      even2.sub(odd2).intoArray(to, y + 4 * stepTo);
      d3.fma(FloatVector.broadcast(S, -2.5f), d1.add(d5)).intoArray(to, y + 5 * stepTo);
      x += walk.inner();
      y += walk.innerTo();
      if (++place == inner) {
        place = 0;
        x += walk.outer() - inner * walk.inner();
        y += walk.outerTo() - inner * walk.innerTo();
      }
    }
  }

  @Override
  void filter(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner) {
    int step = walk.step();
    int stepTo = walk.stepTo();
    int place = 0;
    int x = at;
    int y = target;
    int count = outer * inner;
    for (int i = 0; i < count; i++) {
      FloatVector g0 = FloatVector.fromArray(S, from, x);
      FloatVector g1 = FloatVector.fromArray(S, from, x + step);
      FloatVector g2 = FloatVector.fromArray(S, from, x + 2 * step);
      FloatVector third = g2.mul(THIRD);
      FloatVector even = g0.fma(FloatVector.broadcast(S, TWO_THIRDS), third).neg();
      FloatVector odd = g1.mul(ROOT_THIRD);
      FloatVector even2 = g0.fma(FloatVector.broadcast(S, SIXTH), third);
      FloatVector odd2 = g1.mul(ROOT_SIXTH);
      g0.intoArray(to, y);
      even.sub(odd).intoArray(to, y + stepTo);
      even.add(odd).intoArray(to, y + 2 * stepTo);
      even2.add(odd2).intoArray(to, y + 3 * stepTo);
      even2.sub(odd2).intoArray(to, y + 4 * stepTo);
      g2.intoArray(to, y + 5 * stepTo);
      x += walk.inner();
      y += walk.innerTo();
      if (++place == inner) {
        place = 0;
        x += walk.outer() - inner * walk.inner();
        y += walk.outerTo() - inner * walk.innerTo();
      }
    }
  }

  @Override
  void result(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner) {
    int step = walk.step();
    int stepTo = walk.stepTo();
    int place = 0;
    int x = at;
    int y = target;
    int count = outer * inner;
    for (int i = 0; i < count; i++) {
      FloatVector m0 = FloatVector.fromArray(S, from, x);
      FloatVector m1 = FloatVector.fromArray(S, from, x + step);
      FloatVector m2 = FloatVector.fromArray(S, from, x + 2 * step);
      FloatVector m3 = FloatVector.fromArray(S, from, x + 3 * step);
      FloatVector m4 = FloatVector.fromArray(S, from, x + 4 * step);
      FloatVector m5 = FloatVector.fromArray(S, from, x + 5 * step);
      FloatVector p = m1.add(m2);
      FloatVector q = m1.sub(m2);
      FloatVector p2 = m3.add(m4);
      FloatVector q2 = m3.sub(m4);
      m0.add(p).add(p2).intoArray(to, y);
      q2.fma(FloatVector.broadcast(S, ROOT), q.mul(HALF_ROOT)).intoArray(to, y + stepTo);
      p2.fma(FloatVector.broadcast(S, 2f), p.mul(0.5f)).intoArray(to, y + 2 * stepTo);
      FloatVector last = q.fma(FloatVector.broadcast(S, HALF_ROOT_CUBED), m5);
      q2.fma(FloatVector.broadcast(S, ROOT_CUBED), last).intoArray(to, y + 3 * stepTo);
      x += walk.inner();
      y += walk.innerTo();
      if (++place == inner) {
        place = 0;
        x += walk.outer() - inner * walk.inner();
        y += walk.outerTo() - inner * walk.innerTo();
      }
    }
  }

  @Override
  void map(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner) {
    int step = walk.step();
    int stepTo = walk.stepTo();
    int place = 0;
    int x = at;
    int y = target;
    int count = outer * inner;
    for (int i = 0; i < count; i++) {
      FloatVector r0 = FloatVector.fromArray(ROWS, from, x);
      FloatVector r1 = FloatVector.fromArray(ROWS, from, x + step);
      FloatVector r2 = FloatVector.fromArray(ROWS, from, x + 2 * step);
      FloatVector r3 = FloatVector.fromArray(ROWS, from, x + 3 * step);
      FloatVector even = r2.fma(FloatVector.broadcast(ROWS, 0.5f), r0);
      FloatVector odd = r3.fma(FloatVector.broadcast(ROWS, HALF_ROOT_CUBED), r1.mul(HALF_ROOT));
      FloatVector even2 = r2.fma(FloatVector.broadcast(ROWS, 2f), r0);
      FloatVector odd2 = r3.fma(FloatVector.broadcast(ROWS, ROOT_CUBED), r1.mul(ROOT));
      r0.intoArray(to, y);
      even.add(odd).intoArray(to, y + stepTo);
      even.sub(odd).intoArray(to, y + 2 * stepTo);
      even2.add(odd2).intoArray(to, y + 3 * stepTo);
      even2.sub(odd2).intoArray(to, y + 4 * stepTo);
      r3.intoArray(to, y + 5 * stepTo);
      x += walk.inner();
      y += walk.innerTo();
      if (++place == inner) {
        place = 0;
        x += walk.outer() - inner * walk.inner();
        y += walk.outerTo() - inner * walk.innerTo();
      }
    }
  }

  @Override
  void taps(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner) {
    int step = walk.step();
    int stepTo = walk.stepTo();
    int place = 0;
    int x = at;
    int y = target;
    int count = outer * inner;
    for (int i = 0; i < count; i++) {
      FloatVector m0 = FloatVector.fromArray(S, from, x);
      FloatVector m1 = FloatVector.fromArray(S, from, x + step);
      FloatVector m2 = FloatVector.fromArray(S, from, x + 2 * step);
      FloatVector m3 = FloatVector.fromArray(S, from, x + 3 * step);
      FloatVector m4 = FloatVector.fromArray(S, from, x + 4 * step);
      FloatVector m5 = FloatVector.fromArray(S, from, x + 5 * step);
      FloatVector p = m1.add(m2);
      FloatVector q = m1.sub(m2);
      FloatVector p2 = m3.add(m4);
      FloatVector q2 = m3.sub(m4);
      p.fma(FloatVector.broadcast(S, -TWO_THIRDS), p2.fma(FloatVector.broadcast(S, SIXTH), m0)).intoArray(to, y);
      q2.fma(FloatVector.broadcast(S, ROOT_SIXTH), q.mul(-ROOT_THIRD)).intoArray(to, y + stepTo);
      p2.sub(p).fma(FloatVector.broadcast(S, THIRD), m5).intoArray(to, y + 2 * stepTo);
      x += walk.inner();
      y += walk.innerTo();
      if (++place == inner) {
        place = 0;
        x += walk.outer() - inner * walk.inner();
        y += walk.outerTo() - inner * walk.innerTo();
      }
    }
  }
}
