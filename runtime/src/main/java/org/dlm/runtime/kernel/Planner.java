package org.dlm.runtime.kernel;

import java.util.LinkedHashMap;
import java.util.Map;

/** Chooses the route of a contraction by estimated cost. */
final class Planner {
  private Planner() {}

  static Route route(Contraction.Description description, Workspace workspace, boolean accumulate) {
    Map<String, ContractionAxis> axes = new LinkedHashMap<>();
    boolean empty = false;
    for (ContractionAxis axis : description.axes()) {
      axes.put(axis.name(), axis);
      empty |= axis.extent() == 0;
    }
    if (empty) {
      return new Rest(description, !accumulate);
    }
    Operand left = Operand.of(description.left(), axes);
    Operand right = Operand.of(description.right(), axes);
    Operand out = Operand.of(description.out(), axes);
    int reserved = place(left, 0);
    reserved = place(right, reserved);
    workspace.reserve(reserved);
    TilePlan best = null;
    for (boolean transposed : new boolean[] {false, true}) {
      Sides sides = Sides.of(transposed, left, right, out, axes);
      for (TilePlan plan : new TilePlan[] {new TilePlan(sides, true, false), new TilePlan(sides, false, true),
          new TilePlan(sides, false, false)}) {
        if (best == null || plan.cost < best.cost) {
          best = plan;
        }
      }
    }
    return new TileRoute(best, workspace, reserved, accumulate);
  }

  private static int place(Operand operand, int reserved) {
    if (operand.staging == null) {
      return reserved;
    }
    operand.stagedAt = Math.ceilDiv(reserved, 16) * 16 + TileScratch.ALIGNED;
    return Math.addExact(operand.stagedAt, operand.staging.size());
  }
}
