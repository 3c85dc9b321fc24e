package org.dlm.runtime.kernel;

import java.util.LinkedHashMap;
import java.util.List;
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
    TilePlan tiles = null;
    Route best = null;
    for (boolean transposed : new boolean[] {false, true}) {
      Sides sides = Sides.of(transposed, left, right, out, axes);
      List<Term> leftTerms = transposed ? description.right() : description.left();
      List<Term> rightTerms = transposed ? description.left() : description.right();
      DepthOrder exact = DepthOrder.of(sides.depth(), sides.left(), sides.right(), false);
      DepthOrder gaps = exact.run() == exact.steps() ? exact
          : DepthOrder.of(sides.depth(), sides.left(), sides.right(), true);
      tiles = cheapest(tiles, sides, exact, gaps, description.kept());
      best = cheaper(best,
          SingleRoute.of(sides, exact, workspace, reserved, accumulate, description.kept()));
      best = cheaper(best, DotRoute.of(sides, exact, workspace, reserved, accumulate));
      double limit = best == null ? tiles.cost : Math.min(tiles.cost, best.cost());
      best = cheaper(best, LongRoute.of(sides, gaps, workspace, reserved, accumulate, limit));
      BatchPlan batch = BatchPlan.of(sides, rightTerms, axes, limit);
      best = cheaper(best, batch == null ? null : new BatchRoute(batch, workspace, accumulate));
      best = cheaper(best,
          BatchDotsRoute.of(sides, leftTerms, rightTerms, axes, workspace, accumulate, limit));
    }
    if (!Exactness.exact()) {
      best = cheaper(best, WinogradRoute.of(description, workspace, accumulate));
      best = cheaper(best, WinogradFilterRoute.of(description, workspace, accumulate));
    }
    Route route = best != null && best.cost() < tiles.cost ? best
        : new TileRoute(tiles, workspace, reserved, accumulate);
    workspace.reserve(Math.toIntExact(route.workspaceFloats()));
    return route;
  }

  private static Route cheaper(Route best, Route other) {
    return best == null || other != null && other.cost() < best.cost() ? other : best;
  }

  /** The best plan in tiles so far, and of these sides. */
  private static TilePlan cheapest(TilePlan best, Sides sides, DepthOrder exact, DepthOrder gaps, Kept kept) {
    Sides folded = TilePlan.foldIfBetter(sides);
    Panels panels = Panels.of(ColumnOrder.plain(folded));
    TilePlan found = cheaper(best, new TilePlan(folded, panels, gaps, true, false, kept));
    found = cheaper(found, new TilePlan(folded, panels, exact, false, false, kept));
    if (panels.anyConsecutive()) {
      found = cheaper(found, new TilePlan(folded, panels, exact, false, true, kept));
    }
    ColumnOrder throughGaps = ColumnOrder.throughGaps(sides);
    return throughGaps == null ? found
        : cheaper(found, new TilePlan(sides, Panels.of(throughGaps), exact, false, true, kept));
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
