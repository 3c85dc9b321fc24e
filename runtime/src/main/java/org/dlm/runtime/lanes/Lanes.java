package org.dlm.runtime.lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** The one place where the vector width is chosen. Only touched when {@link LaneChoice#VECTOR} is true. */
public final class Lanes {
  private Lanes() {}

  public static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, shape());
  public static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, shape());

  /**
   * Whether vectors that are not full cost no more than full ones; else, and where all machines are to do the same,
   * what is left over is done one by one.
   */
  public static final boolean PARTIAL =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() == 512 && !LaneChoice.DETERMINISTIC;

  private static final int WIDTH = FLOATS.length();
  private static final VectorShuffle<Float> BY_8 = VectorShuffle.iota(FLOATS, 8 % WIDTH, 1, true);
  private static final VectorShuffle<Float> BY_4 = VectorShuffle.iota(FLOATS, 4 % WIDTH, 1, true);
  private static final VectorShuffle<Float> BY_2 = VectorShuffle.iota(FLOATS, 2 % WIDTH, 1, true);
  private static final VectorShuffle<Float> BY_1 = VectorShuffle.iota(FLOATS, 1, 1, true);

  private static VectorShape shape() {
    return LaneChoice.BITS == 0 ? FloatVector.SPECIES_PREFERRED.vectorShape() : VectorShape.forBitSize(LaneChoice.BITS);
  }

  /** Number of floats in a vector. */
  public static int width() {
    return FLOATS.length();
  }

  /** All zeros, of the chosen width. */
  public static FloatVector zero() {
    return FloatVector.zero(FLOATS);
  }

  /** All zeros, of the chosen width. */
  public static IntVector zeroInts() {
    return IntVector.zero(INTS);
  }

  /**
   * The sum of all lanes, added in a fixed order. {@code reduceLanes} leaves the order open, and interpreted and
   * compiled code do differ: the same model would give other bits once it is warm.
   */
  public static float sum(FloatVector v) {
    FloatVector folded = WIDTH >= 16 ? v.add(v.rearrange(BY_8)) : v;
    folded = WIDTH >= 8 ? folded.add(folded.rearrange(BY_4)) : folded;
    folded = folded.add(folded.rearrange(BY_2));
    return folded.add(folded.rearrange(BY_1)).lane(0);
  }

  /** The product of all lanes, multiplied in a fixed order, as {@link #sum}. */
  public static float product(FloatVector v) {
    FloatVector folded = WIDTH >= 16 ? v.mul(v.rearrange(BY_8)) : v;
    folded = WIDTH >= 8 ? folded.mul(folded.rearrange(BY_4)) : folded;
    folded = folded.mul(folded.rearrange(BY_2));
    return folded.mul(folded.rearrange(BY_1)).lane(0);
  }
}
