package org.dlm.runtime.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The products that a contraction falls into where zeros were inserted into an image, or where its depth is done in
 * stretches: they run one after the other and share the copies that they make of operands.
 */
final class Parts implements Route {
  private final Part[] parts;
  private final Kept kept;
  private final long multiplyAdds;

  /** Filled with zeros first, where the parts add to the result or leave some of it alone; or null. */
  private final Rest whole;

  /** A route, and how far its operands begin behind those of the contraction. */
  record Part(Route route, int left, int right, int out) {}

  private Parts(List<Part> parts, Kept kept, long multiplyAdds, Rest whole) {
    this.parts = parts.toArray(Part[]::new);
    this.kept = kept;
    this.multiplyAdds = multiplyAdds;
    this.whole = whole;
  }

  /** One product alone, by a route that was chosen elsewhere. */
  static Parts of(Route route, Contraction.Description description, int left, int right, int out) {
    return new Parts(List.of(new Part(route, left, right, out)), description.kept(), work(description), null);
  }

  /** The parts of a contraction; {@code alone}: one core works on it, and the caller makes room for them. */
  static Parts of(Contraction.Description description, Workspace workspace, boolean accumulate, boolean alone) {
    Phases.Split split = Phases.of(description);
    boolean adds = accumulate || !split.exact();
    List<Part> parts = new ArrayList<>();
    for (Phases.Phase phase : split.phases()) {
      for (DepthStretches.Stretch part : alone ? List.of(new DepthStretches.Stretch(phase.description(), 0, 0))
          : DepthStretches.of(phase.description())) {
        boolean more = adds || part.description().accumulate();
        Route route = alone ? Planner.alone(part.description(), workspace, more)
            : Planner.route(part.description(), workspace, more);
        parts.add(new Part(route, phase.left() + part.left(), phase.right() + part.right(), phase.out()));
      }
    }
    shareCopies(parts);
    boolean one = split.exact() && split.whole();
    long work = split.phases().stream().mapToLong(phase -> work(phase.description())).sum();
    return new Parts(parts, description.kept(), work,
        one ? null : new Rest(description, !split.exact() && !accumulate));
  }

  /** What a part has copied the next one need not copy again. */
  private static void shareCopies(List<Part> parts) {
    Set<SidedRoute.Copy> made = new HashSet<>();
    for (Part part : parts) {
      if (part.route() instanceof SidedRoute route) {
        route.reuse(made, part.left(), part.right());
        made = route.copies(part.left(), part.right());
      } else {
        made = new HashSet<>();
      }
    }
  }

  private static long work(Contraction.Description description) {
    return description.axes().stream().mapToLong(ContractionAxis::extent).reduce(1, Math::multiplyExact);
  }

  /** Whether it is more than one product. */
  boolean isSeveral() {
    return parts.length > 1;
  }

  long multiplyAdds() {
    return multiplyAdds;
  }

  @Override
  public String toString() {
    return Arrays.stream(parts).map(part -> part.route().toString()).distinct().collect(Collectors.joining("; "));
  }

  @Override
  public double cost() {
    return Arrays.stream(parts).mapToDouble(part -> part.route().cost()).sum();
  }

  @Override
  public long workspaceFloats() {
    return Arrays.stream(parts).mapToLong(part -> part.route().workspaceFloats()).max().orElse(0);
  }

  @Override
  public void makeRoom() {
    for (Part part : parts) {
      part.route().makeRoom();
    }
  }

  @Override
  public void run(float[] left, int leftBase, float[] right, int rightBase, float[] out, int outBase, End end) {
    makeRoom(); // what one of them copies may be for the others too
    if (whole != null) {
      whole.zero(out, outBase);
    }
    for (int i = 0; i < parts.length; i++) {
      boolean last = whole == null && i == parts.length - 1;
      parts[i].route().run(left, leftBase + parts[i].left(), right, rightBase + parts[i].right(), out,
          outBase + parts[i].out(), last ? end : null);
    }
    if (whole != null) {
      whole.end(end);
    }
  }

  @Override
  public void keep(float[] kept, int base) {
    for (Part part : parts) {
      part.route().keep(kept, base + (this.kept == Kept.LEFT ? part.left() : part.right()));
    }
  }

  @Override
  public void share() {
    for (Part part : parts) {
      part.route().share();
    }
  }

  @Override
  public void forget() {
    for (Part part : parts) {
      part.route().forget();
    }
  }
}
