package org.dlm.runtime.kernel;

/**
 * What the columns' order means for packing panels and for leaving tiles.
 *
 * @param consecutive for each panel whether its columns lie side by side in the right operand and fill it
 * @param direct for each panel whether its columns lie side by side in the result and fill it
 * @param gather columns lie too scattered to be copied run by run
 */
record Panels(ColumnOrder order, Runs rightRuns, Runs outRuns, boolean[] consecutive, boolean[] direct,
    boolean gather) {

  static Panels of(ColumnOrder order) {
    int width = TileKernels.CHOSEN.columns();
    Runs right = Runs.of(order, order.right(), TileKernels.CHOSEN.lanes());
    Runs out = Runs.of(order, order.out(), width);
    return new Panels(order, right, out, Runs.of(order, order.right(), width).whole(order), out.whole(order),
        right.count() * 3L > order.count());
  }

  boolean anyConsecutive() {
    for (boolean c : consecutive) {
      if (c) {
        return true;
      }
    }
    return false;
  }
}
