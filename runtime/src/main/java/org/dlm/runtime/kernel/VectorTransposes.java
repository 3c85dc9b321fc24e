package org.dlm.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;
import org.dlm.runtime.lanes.Lanes;

/** Copies of matrices with rows and columns exchanged, in blocks of eight by eight that stay in registers. */
final class VectorTransposes {
  private VectorTransposes() {}

  private static final VectorSpecies<Float> S = FloatVector.SPECIES_256;

  /** Shorter vectors than eight floats were asked for, or are all there is. */
  private static final boolean NARROW = Lanes.FLOATS.length() < 8;

  private static final int SIDE = 8;

  /** Exchanges neighbours that are this far apart. */
  private static final VectorShuffle<Float> BY_ONE = exchange(1);
  private static final VectorShuffle<Float> BY_TWO = exchange(2);
  private static final VectorShuffle<Float> BY_FOUR = exchange(4);

  /** The upper one of two neighbours. */
  private static final VectorMask<Float> ONE = upper(1);
  private static final VectorMask<Float> TWO = upper(2);
  private static final VectorMask<Float> FOUR = upper(4);

  private static VectorShuffle<Float> exchange(int distance) {
    return VectorShuffle.fromOp(S, i -> i ^ distance);
  }

  private static VectorMask<Float> upper(int distance) {
    boolean[] lanes = new boolean[SIDE];
    for (int i = 0; i < SIDE; i++) {
      lanes[i] = (i & distance) != 0;
    }
    return VectorMask.fromArray(S, lanes, 0);
  }

  static void transpose(float[] from, int at, int fromLine, float[] to, int target, int toLine, int lines,
      int length) {
    if (NARROW) {
      scalar(from, at, fromLine, to, target, toLine, 0, lines, 0, length);
      return;
    }
    int wholeLines = lines - lines % SIDE;
    int wholeLength = length - length % SIDE;
    for (int i = 0; i < wholeLines; i += SIDE) {
      for (int j = 0; j < wholeLength; j += SIDE) {
        block(from, at + i * fromLine + j, fromLine, to, target + j * toLine + i, toLine);
      }
    }
    scalar(from, at, fromLine, to, target, toLine, 0, wholeLines, wholeLength, length);
    scalar(from, at, fromLine, to, target, toLine, wholeLines, lines, 0, length);
  }

  private static void scalar(float[] from, int at, int fromLine, float[] to, int target, int toLine, int lineFrom,
      int lineTo, int first, int last) {
    for (int j = first; j < last; j++) {
      for (int i = lineFrom; i < lineTo; i++) {
        to[target + j * toLine + i] = from[at + i * fromLine + j];
      }
    }
  }

  private static void block(float[] from, int at, int fromLine, float[] to, int target, int toLine) {
    FloatVector r0 = FloatVector.fromArray(S, from, at);
    FloatVector r1 = FloatVector.fromArray(S, from, at + fromLine);
    FloatVector r2 = FloatVector.fromArray(S, from, at + 2 * fromLine);
    FloatVector r3 = FloatVector.fromArray(S, from, at + 3 * fromLine);
    FloatVector r4 = FloatVector.fromArray(S, from, at + 4 * fromLine);
    FloatVector r5 = FloatVector.fromArray(S, from, at + 5 * fromLine);
    FloatVector r6 = FloatVector.fromArray(S, from, at + 6 * fromLine);
    FloatVector r7 = FloatVector.fromArray(S, from, at + 7 * fromLine);
    FloatVector s0 = r0.blend(r1.rearrange(BY_ONE), ONE);
    FloatVector s1 = r0.rearrange(BY_ONE).blend(r1, ONE);
    FloatVector s2 = r2.blend(r3.rearrange(BY_ONE), ONE);
    FloatVector s3 = r2.rearrange(BY_ONE).blend(r3, ONE);
    FloatVector s4 = r4.blend(r5.rearrange(BY_ONE), ONE);
    FloatVector s5 = r4.rearrange(BY_ONE).blend(r5, ONE);
    FloatVector s6 = r6.blend(r7.rearrange(BY_ONE), ONE);
    FloatVector s7 = r6.rearrange(BY_ONE).blend(r7, ONE);
    r0 = s0.blend(s2.rearrange(BY_TWO), TWO);
    r2 = s0.rearrange(BY_TWO).blend(s2, TWO);
    r1 = s1.blend(s3.rearrange(BY_TWO), TWO);
    r3 = s1.rearrange(BY_TWO).blend(s3, TWO);
    r4 = s4.blend(s6.rearrange(BY_TWO), TWO);
    r6 = s4.rearrange(BY_TWO).blend(s6, TWO);
    r5 = s5.blend(s7.rearrange(BY_TWO), TWO);
    r7 = s5.rearrange(BY_TWO).blend(s7, TWO);
    r0.blend(r4.rearrange(BY_FOUR), FOUR).intoArray(to, target);
    r1.blend(r5.rearrange(BY_FOUR), FOUR).intoArray(to, target + toLine);
    r2.blend(r6.rearrange(BY_FOUR), FOUR).intoArray(to, target + 2 * toLine);
    r3.blend(r7.rearrange(BY_FOUR), FOUR).intoArray(to, target + 3 * toLine);
    r0.rearrange(BY_FOUR).blend(r4, FOUR).intoArray(to, target + 4 * toLine);
    r1.rearrange(BY_FOUR).blend(r5, FOUR).intoArray(to, target + 5 * toLine);
    r2.rearrange(BY_FOUR).blend(r6, FOUR).intoArray(to, target + 6 * toLine);
    r3.rearrange(BY_FOUR).blend(r7, FOUR).intoArray(to, target + 7 * toLine);
  }
}
