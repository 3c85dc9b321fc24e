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
    TilePlan best = null;
    Route fewest = null;
    double fewestCost = Double.MAX_VALUE;
    for (boolean transposed : new boolean[] {false, true}) {
      Sides sides = Sides.of(transposed, left, right, out, axes);
      SingleRoute single = SingleRoute.of(sides, workspace, reserved, accumulate);
      if (single != null && single.cost() < fewestCost) {
        fewest = single;
        fewestCost = single.cost();
      }
      DotRoute dot = DotRoute.of(sides, workspace, reserved, accumulate);
      if (dot != null && dot.cost() < fewestCost) {
        fewest = dot;
        fewestCost = dot.cost();
      }
      LongRoute depthFirst = LongRoute.of(sides, workspace, reserved, accumulate);
      if (depthFirst != null && depthFirst.cost() < fewestCost) {
        fewest = depthFirst;
        fewestCost = depthFirst.cost();
      }
      ColumnOrder throughGaps = ColumnOrder.throughGaps(sides);
      best = cheaper(best, new TilePlan(sides, null, true, false));
      best = cheaper(best, new TilePlan(sides, null, false, true));
      best = cheaper(best, new TilePlan(sides, null, false, false));
      best = throughGaps == null ? best : cheaper(best, new TilePlan(sides, throughGaps, false, true));
    }
    Route route = fewestCost < best.cost ? fewest : new TileRoute(best, workspace, reserved, accumulate);
    workspace.reserve(Math.toIntExact(route.workspaceFloats()));
    return route;
  }

  private static TilePlan cheaper(TilePlan best, TilePlan plan) {
    return best == null || plan.cost < best.cost ? plan : best;
  }

  private static int place(Operand operand, int reserved) {
    if (operand.staging == null) {
      return reserved;
    }
    operand.stagedAt = Math.ceilDiv(reserved, 16) * 16 + TileScratch.ALIGNED;
    return Math.addExact(operand.stagedAt, operand.staging.size());
  }
}
