package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The ways to run one product of a contraction, for those who measure which is the fastest. A contraction is several
 * products where zeros were inserted into an image, or where its depth is done in stretches.
 */
public final class Candidates {
  /** Floats of scratch memory that a candidate may need beyond what the usual choice does. */
  private static final long MORE_MEMORY = 4L << 20;

  private final Contraction.Description description;
  private final boolean accumulate;

  /** How far the operands begin behind those of the whole contraction. */
  private final int left;
  private final int right;
  private final int out;

  private Candidates(Contraction.Description description, boolean accumulate, int left, int right, int out) {
    this.description = description;
    this.accumulate = accumulate;
    this.left = left;
    this.right = right;
    this.out = out;
  }

  /** Of each product of a contraction. */
  public static List<Candidates> of(Contraction.Builder contraction) {
    Contraction.Description whole = contraction.describe();
    Phases.Split split = Phases.of(whole);
    boolean adds = whole.accumulate() || !split.exact();
    List<Candidates> all = new ArrayList<>();
    for (Phases.Phase phase : split.phases()) {
      for (DepthStretches.Stretch part : DepthStretches.of(phase.description())) {
        if (part.description().axes().stream().anyMatch(axis -> axis.extent() == 0)) {
          continue;
        }
        all.add(new Candidates(part.description(), adds || part.description().accumulate(),
            phase.left() + part.left(), phase.right() + part.right(), phase.out()));
      }
    }
    return all;
  }

  /** The product as {@link Choices} names it. */
  public String shape() {
    return Choices.shape(description, accumulate);
  }

  /** The name of the one that is taken where nothing was measured. */
  public String usual() {
    return Planner.cheapestName(description, accumulate);
  }

  /** Their names; those that need much more memory than the usual one are left out. */
  public List<String> names() {
    long most = Planner.route(description, new Workspace(), accumulate).workspaceFloats() + MORE_MEMORY;
    return Planner.routes(description, new Workspace(), accumulate).entrySet().stream()
        .filter(e -> e.getValue().workspaceFloats() <= most).map(Map.Entry::getKey).toList();
  }

  /** The product alone, run the way of that name. */
  public Contraction plan(String name) {
    Workspace workspace = new Workspace();
    Route route = Planner.routes(description, workspace, accumulate).get(name);
    if (route == null) {
      throw new IllegalArgumentException(description.name() + " cannot run as `" + name + "`");
    }
    workspace.reserve(Math.toIntExact(route.workspaceFloats()));
    return Contraction.of(route, description, left, right, out);
  }
}
