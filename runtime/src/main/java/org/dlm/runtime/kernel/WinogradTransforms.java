package org.dlm.runtime.kernel;

import org.dlm.runtime.lanes.LaneChoice;

/**
 * The transforms of Winograd's convolution F(4x4, 3x3) along one side of a tile, in vectors and as a scalar twin; done
 * along both sides they turn a tile of 6x6 elements into 36 numbers whose products with those of a filter give 4x4
 * elements of the result. The polynomials are evaluated at 0, ±√½, ±√2 and infinity: with these a convolution is about
 * five times less exact than when summed directly, with ±1 and ±2 more than twenty times.
 *
 * <p>Lanes are channels. Each transform reads vectors that lie {@code step} apart and writes vectors that lie
 * {@code stepTo} apart, for {@code outer} times {@code inner} places.
 */
abstract class WinogradTransforms {
  static final WinogradTransforms CHOSEN = LaneChoice.VECTOR ? vector() : new ScalarWinograd();

  /** Side of a tile of the result, and of the tile of the image that it needs. */
  static final int OUT = 4;
  static final int IN = 6;

  /** Numbers of a transformed tile. */
  static final int PLACES = IN * IN;

  static final float ROOT = 1.41421356f;
  static final float HALF_ROOT = 0.707106781f;
  static final float ROOT_CUBED = 2.82842712f;
  static final float HALF_ROOT_CUBED = 0.353553391f;
  static final float THIRD = 0.333333333f;
  static final float TWO_THIRDS = 0.666666667f;
  static final float SIXTH = 0.166666667f;
  static final float ROOT_THIRD = 0.471404521f;
  static final float ROOT_SIXTH = 0.23570226f;

  /** Steps between the vectors of one transform, from one inner and one outer place to the next; read, then written. */
  record Walk(int step, int outer, int inner, int stepTo, int outerTo, int innerTo) {}

  /**
   * Floats from one of the 36 places to the next, which hold so many each: an odd number of cache lines, so that the 36
   * elements of a tile, written together, do not meet in a few sets of the cache.
   */
  static int place(int floats) {
    return (Math.ceilDiv(floats, 16) | 1) * 16;
  }

  private static WinogradTransforms vector() {
    return new VectorWinograd();
  }

  /** Channels that are worked on at once. */
  abstract int lanes();

  /** Rows that {@link #map} works on at once: the height of a tile of the products that follow. */
  abstract int mapLanes();

  /** Six elements of the image to six numbers. */
  abstract void image(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner);

  /** Three taps of a filter to six numbers. */
  abstract void filter(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner);

  /** Six sums of products to four elements of the result. */
  abstract void result(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner);

  /** Four elements of the map, for the gradient of the filter, to six numbers. */
  abstract void map(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner);

  /** Six sums of products to three taps of the gradient of the filter. */
  abstract void taps(float[] from, int at, float[] to, int target, Walk walk, int outer, int inner);
}
