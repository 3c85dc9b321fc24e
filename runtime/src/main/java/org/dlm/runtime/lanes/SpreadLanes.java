package org.dlm.runtime.lanes;

import static org.dlm.runtime.lanes.Lanes.FLOATS;
import static org.dlm.runtime.lanes.Lanes.INTS;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * Vectors of numbers that do not lie side by side in memory, or in no memory at all: what windows of step two need. The
 * forms with {@code left} touch what the first {@code left} lanes want and nothing else.
 */
public final class SpreadLanes {
  private SpreadLanes() {}

  private static final int WIDTH = FLOATS.length();
  private static final VectorShape HALF = VectorShape.forBitSize(FLOATS.vectorBitSize() / 2);
  private static final VectorSpecies<Float> HALF_FLOATS = VectorSpecies.of(float.class, HALF);
  private static final VectorSpecies<Integer> HALF_INTS = VectorSpecies.of(int.class, HALF);
  private static final VectorShuffle<Float> DOUBLED = VectorShuffle.fromOp(FLOATS, i -> i / 2);
  private static final VectorShuffle<Integer> DOUBLED_INTS = VectorShuffle.fromOp(INTS, i -> i / 2);

  /** The even lanes of two vectors one behind the other: from the second where {@link #UPPER} is set. */
  private static final VectorShuffle<Float> EVEN = VectorShuffle.fromOp(FLOATS, i -> 2 * i % WIDTH);

  private static final VectorShuffle<Float> ODD = VectorShuffle.fromOp(FLOATS, i -> 2 * i % WIDTH + 1);
  private static final VectorShuffle<Integer> EVEN_INTS = VectorShuffle.fromOp(INTS, i -> 2 * i % WIDTH);
  private static final VectorShuffle<Integer> ODD_INTS = VectorShuffle.fromOp(INTS, i -> 2 * i % WIDTH + 1);
  private static final VectorMask<Float> UPPER = FLOATS.indexInRange(-WIDTH / 2, WIDTH);
  private static final VectorMask<Integer> UPPER_INTS = INTS.indexInRange(-WIDTH / 2, WIDTH);
  private static final IntVector COUNTING = IntVector.zero(INTS).addIndex(1);
  private static final IntVector ALTERNATING = COUNTING.lanewise(VectorOperators.AND, 1);

  /** {@code first}, {@code first + 1} and so on. */
  public static IntVector counting(int first) {
    return COUNTING.add(first);
  }

  /** 0, 1, 0, 1 and so on. */
  public static IntVector alternating() {
    return ALTERNATING;
  }

  /** Whole numbers as floats. */
  public static FloatVector floats(IntVector v) {
    return (FloatVector) v.convert(VectorOperators.I2F, 0);
  }

  /** Half a vector of elements from {@code at} on, each of them twice. */
  public static FloatVector twice(float[] a, int at) {
    return ((FloatVector) FloatVector.fromArray(HALF_FLOATS, a, at).reinterpretShape(FLOATS, 0)).rearrange(DOUBLED);
  }

  public static FloatVector twice(float[] a, int at, int left) {
    return FloatVector.fromArray(FLOATS, a, at, FLOATS.indexInRange(0, (left + 1) / 2)).rearrange(DOUBLED);
  }

  /** The same of whole numbers. */
  public static IntVector twice(int[] a, int at) {
    return ((IntVector) IntVector.fromArray(HALF_INTS, a, at).reinterpretShape(INTS, 0)).rearrange(DOUBLED_INTS);
  }

  public static IntVector twice(int[] a, int at, int left) {
    return IntVector.fromArray(INTS, a, at, INTS.indexInRange(0, (left + 1) / 2)).rearrange(DOUBLED_INTS);
  }

  /** Every second element from {@code at} on; the one behind the last is touched as well. */
  public static FloatVector evens(float[] a, int at) {
    return picked(FloatVector.fromArray(FLOATS, a, at), FloatVector.fromArray(FLOATS, a, at + WIDTH), EVEN);
  }

  public static FloatVector evens(float[] a, int at, int left) {
    return picked(FloatVector.fromArray(FLOATS, a, at, FLOATS.indexInRange(0, 2 * left - 1)),
        FloatVector.fromArray(FLOATS, a, at + WIDTH, FLOATS.indexInRange(WIDTH, 2 * left - 1)), EVEN);
  }

  /** Every second element from {@code at} on; the one before the first is touched as well, as by {@link #evens}. */
  public static FloatVector odds(float[] a, int at) {
    return picked(FloatVector.fromArray(FLOATS, a, at - 1), FloatVector.fromArray(FLOATS, a, at - 1 + WIDTH), ODD);
  }

  public static FloatVector odds(float[] a, int at, int left) {
    return picked(FloatVector.fromArray(FLOATS, a, at - 1, FLOATS.indexInRange(0, 2 * left)),
        FloatVector.fromArray(FLOATS, a, at - 1 + WIDTH, FLOATS.indexInRange(WIDTH, 2 * left)), ODD);
  }

  public static IntVector evens(int[] a, int at) {
    return picked(IntVector.fromArray(INTS, a, at), IntVector.fromArray(INTS, a, at + WIDTH), EVEN_INTS);
  }

  public static IntVector evens(int[] a, int at, int left) {
    return picked(IntVector.fromArray(INTS, a, at, INTS.indexInRange(0, 2 * left - 1)),
        IntVector.fromArray(INTS, a, at + WIDTH, INTS.indexInRange(WIDTH, 2 * left - 1)), EVEN_INTS);
  }

  public static IntVector odds(int[] a, int at) {
    return picked(IntVector.fromArray(INTS, a, at - 1), IntVector.fromArray(INTS, a, at - 1 + WIDTH), ODD_INTS);
  }

  public static IntVector odds(int[] a, int at, int left) {
    return picked(IntVector.fromArray(INTS, a, at - 1, INTS.indexInRange(0, 2 * left)),
        IntVector.fromArray(INTS, a, at - 1 + WIDTH, INTS.indexInRange(WIDTH, 2 * left)), ODD_INTS);
  }

  private static FloatVector picked(FloatVector low, FloatVector high, VectorShuffle<Float> which) {
    return low.rearrange(which).blend(high.rearrange(which), UPPER);
  }

  private static IntVector picked(IntVector low, IntVector high, VectorShuffle<Integer> which) {
    return low.rearrange(which).blend(high.rearrange(which), UPPER_INTS);
  }
}
