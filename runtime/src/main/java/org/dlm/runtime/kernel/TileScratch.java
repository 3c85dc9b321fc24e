package org.dlm.runtime.kernel;

/** Memory of one thread for the panel that it packs and the tiles that it cannot leave in the result directly. */
final class TileScratch {
  private static final ThreadLocal<TileScratch> OF_THREAD = ThreadLocal.withInitial(TileScratch::new);

  /** Arrays begin 16 bytes into a cache line; this many floats later one starts. */
  static final int ALIGNED = 12;

  /** Sixteen vectors. */
  final float[] lanes = new float[16 * TileKernels.CHOSEN.lanes()];

  float[] panel = new float[0];
  float[] tiles = new float[0];

  static TileScratch of(int panelFloats, int tileFloats) {
    TileScratch scratch = OF_THREAD.get();
    if (scratch.panel.length < panelFloats + ALIGNED) {
      scratch.panel = new float[panelFloats + ALIGNED];
    }
    if (scratch.tiles.length < tileFloats + ALIGNED) {
      scratch.tiles = new float[tileFloats + ALIGNED];
    }
    return scratch;
  }
}
