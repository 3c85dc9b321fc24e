package org.dlm.runtime.lanes;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** The one place where the vector width is chosen. Only touched when {@link LaneChoice#VECTOR} is true. */
public final class Lanes {
  private Lanes() {}

  public static final VectorSpecies<Float> FLOATS = VectorSpecies.of(float.class, shape());
  public static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, shape());

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
}
