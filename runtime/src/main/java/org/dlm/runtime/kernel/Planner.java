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
      DepthOrder exact = DepthOrder.of(sides.depth(), sides.left(), sides.right(), false);
      DepthOrder gaps = exact.run() == exact.steps() ? exact
          : DepthOrder.of(sides.depth(), sides.left(), sides.right(), true);
      best = cheapest(best, sides, exact, gaps);
      SingleRoute single = SingleRoute.of(sides, exact, workspace, reserved, accumulate);
      if (single != null && single.cost() < fewestCost) {
        fewest = single;
        fewestCost = single.cost();
      }
      DotRoute dot = DotRoute.of(sides, exact, workspace, reserved, accumulate);
      if (dot != null && dot.cost() < fewestCost) {
        fewest = dot;
        fewestCost = dot.cost();
      }
      LongRoute along = LongRoute.of(sides, gaps, workspace, reserved, accumulate, Math.min(best.cost, fewestCost));
      if (along != null && along.cost() < fewestCost) {
        fewest = along;
        fewestCost = along.cost();
      }
    }
    WinogradRoute winograd = Exactness.exact() ? null : WinogradRoute.of(description, workspace, accumulate);
    if (winograd != null && winograd.cost() < Math.min(fewestCost, best.cost)) {
      fewest = winograd;
      fewestCost = winograd.cost();
    }
    WinogradFilterRoute filter = Exactness.exact() ? null
        : WinogradFilterRoute.of(description, workspace, accumulate);
    if (filter != null && filter.cost() < Math.min(fewestCost, best.cost)) {
      fewest = filter;
      fewestCost = filter.cost();
    }
    Route route = fewestCost < best.cost ? fewest : new TileRoute(best, workspace, reserved, accumulate);
    workspace.reserve(Math.toIntExact(route.workspaceFloats()));
    return route;
  }

  /** The best plan in tiles so far, and of these sides. */
  private static TilePlan cheapest(TilePlan best, Sides sides, DepthOrder exact, DepthOrder gaps) {
    Sides folded = TilePlan.foldIfBetter(sides);
    Panels panels = Panels.of(ColumnOrder.plain(folded));
    TilePlan found = cheaper(best, new TilePlan(folded, panels, gaps, true, false));
    found = cheaper(found, new TilePlan(folded, panels, exact, false, false));
    if (panels.anyConsecutive()) {
      found = cheaper(found, new TilePlan(folded, panels, exact, false, true));
    }
    ColumnOrder throughGaps = ColumnOrder.throughGaps(sides);
    return throughGaps == null ? found
        : cheaper(found, new TilePlan(sides, Panels.of(throughGaps), exact, false, true));
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
