package org.dlm.runtime.kernel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chooses the route of a contraction: the one that was measured to be the fastest, else by estimated cost. */
final class Planner {
  /** Pieces of work that keep all cores busy. */
  private static final int PIECES = 16;

  private final Contraction.Description description;
  private final Workspace workspace;
  private final boolean accumulate;

  /** Only one core works on it: it needs no pieces. */
  private final boolean alone;

  private final Map<String, ContractionAxis> axes = new LinkedHashMap<>();
  private final Operand left;
  private final Operand right;
  private final Operand out;
  private final int reserved;

  /** Every route that was found, by name; null while only the cheapest counts. */
  private Map<String, Route> all;

  private TilePlan tiles;
  private String tilesName;
  private Route best;
  private String bestName;
  private Route local;
  private String localName;

  private Planner(Contraction.Description description, Workspace workspace, boolean accumulate, boolean alone) {
    this.alone = alone;
    this.description = description;
    this.workspace = workspace;
    this.accumulate = accumulate;
    description.axes().forEach(axis -> axes.put(axis.name(), axis));
    left = Operand.of(description.left(), axes);
    right = Operand.of(description.right(), axes);
    out = Operand.of(description.out(), axes);
    reserved = place(right, place(left, 0));
  }

  static Route route(Contraction.Description description, Workspace workspace, boolean accumulate) {
    if (empty(description)) {
      return new Rest(description, !accumulate);
    }
    String measured = workspace.choices().inForce().route(description, accumulate);
    Route route = measured == null ? null : routes(description, workspace, accumulate).get(measured);
    if (route == null) {
      Planner planner = new Planner(description, workspace, accumulate, false);
      planner.search();
      route = planner.cheapest();
    }
    workspace.reserve(Math.toIntExact(route.workspaceFloats()));
    return route;
  }

  /**
   * A few examples at a time on one core through all products of a contraction that falls into several, where that is
   * cheaper than one product after the other, else null.
   */
  static Route local(Contraction.Description description, Workspace workspace, double cost) {
    Route best = null;
    double limit = LocalRoute.WORTH * cost;
    for (int few : empty(description) || workspace.choices().inForce() != Choices.NONE ? new int[0] : LocalRoute.FEW) {
      LocalRoute route = LocalRoute.of(description, workspace, description.accumulate(), few, limit);
      if (route != null) {
        best = route;
        limit = route.cost();
      }
    }
    if (best != null) {
      workspace.reserve(Math.toIntExact(best.workspaceFloats()));
    }
    return best;
  }

  /** The cheapest for one core alone; the caller makes sure that the workspace is large enough. */
  static Route alone(Contraction.Description description, Workspace workspace, boolean accumulate) {
    if (empty(description)) {
      return new Rest(description, !accumulate);
    }
    Planner planner = new Planner(description, workspace, accumulate, true);
    planner.search();
    return planner.cheapest();
  }

  /** Every route there is, however much it seems to cost, by name. */
  static Map<String, Route> routes(Contraction.Description description, Workspace workspace, boolean accumulate) {
    if (empty(description)) {
      return Map.of();
    }
    Planner planner = new Planner(description, workspace, accumulate, false);
    planner.all = new LinkedHashMap<>();
    planner.search();
    return planner.all;
  }

  /** The name of the route that is likely to be the cheapest. */
  static String cheapestName(Contraction.Description description, boolean accumulate) {
    Planner planner = new Planner(description, new Workspace(), accumulate, false);
    planner.search();
    return planner.local != null ? planner.localName : planner.tilesWin() ? planner.tilesName : planner.bestName;
  }

  private static boolean empty(Contraction.Description description) {
    return description.axes().stream().anyMatch(axis -> axis.extent() == 0);
  }

  private Route cheapest() {
    return local != null ? local : tilesWin() ? new TileRoute(tiles, workspace, reserved, accumulate) : best;
  }

  private boolean tilesWin() {
    return best == null || tiles.cost <= best.cost();
  }

  private void search() {
    for (boolean transposed : new boolean[] {false, true}) {
      search(Sides.of(transposed, left, right, out, axes));
    }
    if (!Exactness.exact()) {
      offer("Winograd", WinogradRoute.of(description, workspace, accumulate));
      offer("Winograd gradient of filters", WinogradFilterRoute.of(description, workspace, accumulate));
    }
    if (!alone) {
      searchLocal();
    }
  }

  private void searchLocal() {
    double limit = all != null ? limit() : LocalRoute.WORTH * limit();
    for (int few : LocalRoute.FEW) {
      LocalRoute route = LocalRoute.of(description, workspace, accumulate, few, limit);
      if (route != null && all != null) {
        all.put(few + " examples on a core", route);
      } else if (route != null) {
        local = route;
        localName = few + " examples on a core";
        limit = route.cost();
      }
    }
  }

  private void search(Sides sides) {
    String side = sides.transposed() ? ", transposed" : "";
    List<Term> leftTerms = sides.transposed() ? description.right() : description.left();
    List<Term> rightTerms = sides.transposed() ? description.left() : description.right();
    DepthOrder exact = DepthOrder.of(sides.depth(), sides.left(), sides.right(), false);
    DepthOrder gaps = exact.run() == exact.steps() ? exact
        : DepthOrder.of(sides.depth(), sides.left(), sides.right(), true);
    offerTiles(sides, exact, gaps, side);
    offer("one row" + side, SingleRoute.of(sides, exact, workspace, reserved, accumulate, description.kept()));
    offer("inner products" + side, DotRoute.of(sides, exact, workspace, reserved, accumulate));
    double limit = limit();
    int pieces = alone ? 1 : PIECES;
    offer("long inner products" + side, LongRoute.of(sides, gaps, workspace, reserved, accumulate, limit));
    BatchPlan batch = BatchPlan.of(sides, rightTerms, axes, pieces, description.kept(), limit);
    offer("along the batch" + side, batch == null ? null : new BatchRoute(batch, workspace, accumulate));
    offer("columns in the lanes" + side,
        GatherRoute.of(sides, workspace, reserved, accumulate, description.kept(), limit));
    offer("inner products along the batch" + side,
        BatchDotsRoute.of(sides, leftTerms, rightTerms, axes, workspace, accumulate, pieces, limit));
  }

  /** What costs more is not worth a closer look. */
  private double limit() {
    return all != null ? Double.POSITIVE_INFINITY : best == null ? tiles.cost : Math.min(tiles.cost, best.cost());
  }

  private void offer(String name, Route route) {
    if (route == null) {
      return;
    }
    if (all != null) {
      all.put(name, route);
    } else if (best == null || route.cost() < best.cost()) {
      best = route;
      bestName = name;
    }
  }

  private void offerTiles(Sides sides, DepthOrder exact, DepthOrder gaps, String side) {
    Sides folded = TilePlan.foldIfBetter(sides);
    Panels panels = Panels.of(ColumnOrder.plain(folded));
    offer("tiles, left in place" + side, new TilePlan(folded, panels, gaps, true, false, description.kept()));
    offer("tiles, both packed" + side, new TilePlan(folded, panels, exact, false, false, description.kept()));
    if (panels.anyConsecutive()) {
      offer("tiles, right in place" + side, new TilePlan(folded, panels, exact, false, true, description.kept()));
    }
    ColumnOrder throughGaps = ColumnOrder.throughGaps(sides);
    if (throughGaps != null) {
      offer("tiles through gaps" + side,
          new TilePlan(sides, Panels.of(throughGaps), exact, false, true, description.kept()));
    }
  }

  private void offer(String name, TilePlan plan) {
    if (all != null) {
      all.put(name, new TileRoute(plan, workspace, reserved, accumulate));
    } else if (tiles == null || plan.cost < tiles.cost) {
      tiles = plan;
      tilesName = name;
    }
  }

  private static int place(Operand operand, int reserved) {
    if (operand.staging == null) {
      return reserved;
    }
    operand.stagedAt = Math.ceilDiv(reserved, 16) * 16 + TileScratch.ALIGNED;
    return Math.addExact(operand.stagedAt, operand.staging.size());
  }
}
