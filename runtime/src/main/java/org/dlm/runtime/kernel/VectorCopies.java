package org.dlm.runtime.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.dlm.runtime.lanes.Lanes;

/** Copies of short lines, as packing and leaving tiles need them, in vectors. */
final class VectorCopies {
  private VectorCopies() {}

  private static final VectorSpecies<Float> S = Lanes.FLOATS;
  private static final int W = S.length();
  private static final int COLUMNS = 2 * W;

  /** Lines are often shorter than the longest vectors. */
  private static final VectorSpecies<Float> SHORT = W > 8 ? FloatVector.SPECIES_256 : S;

  private static final VectorSpecies<Float> FOUR = FloatVector.SPECIES_128;

  /** Rows of the tiles that {@link #packTiles} packs: most tiles have so many. */
  static final int PACKED_ROWS = SHORT.length();

  static void packColumns(float[] a, int aBase, int[] aDepth, int k, int depth, int height, float[] packed, int at) {
    for (int i = 0; i < depth; i++) {
      int from = aBase + aDepth[k + i];
      FloatVector first = FloatVector.fromArray(FOUR, a, from);
      // The second four overlap the first ones where the height is 6, and are them where it is 4.
      FloatVector last = FloatVector.fromArray(FOUR, a, from + height - 4);
      first.intoArray(packed, at + i * height);
      last.intoArray(packed, at + i * height + height - 4);
    }
  }

  static void packTiles(float[] a, int aBase, int[] aDepth, int k, int depth, int tiles, float[] packed, int at,
      int apart) {
    for (int i = 0; i < depth; i++) {
      int from = aBase + aDepth[k + i];
      int to = at + i * PACKED_ROWS;
      for (int t = 0; t < tiles; t++) {
        FloatVector.fromArray(SHORT, a, from + t * PACKED_ROWS).intoArray(packed, to + t * apart);
      }
    }
  }

  static void packPanels(float[] b, int bBase, int[] bDepth, int k, int depth, int panels, float[] packed, int at,
      int apart) {
    for (int i = 0; i < depth; i++) {
      int from = bBase + bDepth[k + i];
      int to = at + i * COLUMNS;
      for (int p = 0; p < panels; p++) {
        FloatVector.fromArray(S, b, from + p * COLUMNS).intoArray(packed, to + p * apart);
        FloatVector.fromArray(S, b, from + p * COLUMNS + W).intoArray(packed, to + p * apart + W);
      }
    }
  }

  static void copy(float[] from, int at, float[] to, int target, int length) {
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

  static void packRuns(float[] b, int bBase, int[] bDepth, int k, int depth, int[] runFrom, int[] runLane,
      int[] runLength, int run, int runEnd, float[] panel, int at) {
    int highest = runFrom[run];
    for (int r = run + 1; r < runEnd; r++) {
      highest = Math.max(highest, runFrom[r]);
    }
    // The whole vector from the highest run's start must lie in the operand.
    int lastWhole = b.length - W - bBase - highest;
    boolean few = runEnd - run <= 4;
    for (int i = 0; i < depth; i++) {
      if (bDepth[k + i] == TileKernels.NOTHING) {
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

  private static void packManyRuns(float[] b, int from, int[] runFrom, int[] runLane, int run, int runEnd,
      float[] panel, int line) {
    for (int r = run; r < runEnd; r++) {
      FloatVector.fromArray(S, b, from + runFrom[r]).intoArray(panel, line + runLane[r]);
    }
  }

  /**
   * Lines of one to four runs, whose places stay in registers, up to the first that needs more care; returns how many.
   */
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
      if (offset > lastWhole || offset == TileKernels.NOTHING) {
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
