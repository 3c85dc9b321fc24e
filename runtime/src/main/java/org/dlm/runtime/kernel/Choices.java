package org.dlm.runtime.kernel;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.dlm.runtime.lanes.LaneChoice;

/**
 * Which way to run a contraction was measured to be the fastest on a machine, shape by shape. Compiled models have them
 * from a file that {@code dlm tune} wrote; what is not in here is decided by estimated cost.
 */
public final class Choices {
  /** Nothing was measured. */
  public static final Choices NONE = new Choices(Map.of());

  private static final ScopedValue<Choices> TRIED = ScopedValue.newInstance();

  private final Map<String, String> routes;

  private Choices(Map<String, String> routes) {
    this.routes = routes;
  }

  /**
   * Shapes and routes in turn, as they were measured on the machine so described. On any other, and where the same bits
   * are asked for on every machine, none of them counts.
   */
  public static Choices measuredOn(String machine, String... shapesAndRoutes) {
    if (LaneChoice.DETERMINISTIC || !machine.equals(ThisMachine.NAME)) {
      return NONE;
    }
    Map<String, String> routes = new HashMap<>();
    for (int i = 0; i < shapesAndRoutes.length; i += 2) {
      routes.put(shapesAndRoutes[i], shapesAndRoutes[i + 1]);
    }
    return new Choices(routes);
  }

  /** Routes by shape, for those who compare them with others. */
  public static Choices of(Map<String, String> routes) {
    return new Choices(Map.copyOf(routes));
  }

  /** What {@code planning} plans follows these choices, in place of those it was compiled with. */
  public void whilePlanning(Runnable planning) {
    ScopedValue.where(TRIED, this).run(planning);
  }

  /** These, or those that are tried in their place. */
  Choices inForce() {
    return TRIED.orElse(this);
  }

  /** The name of the route for a contraction, or null where none was measured. */
  String route(Contraction.Description description, boolean accumulate) {
    return routes.isEmpty() ? null : routes.get(shape(description, accumulate));
  }

  /** Everything that decides how long a contraction takes, in words, and where its operands lie as a number. */
  static String shape(Contraction.Description description, boolean accumulate) {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    description.axes().forEach(axis -> numbers.put(axis.name(), numbers.size()));
    String places = List.of(description.left(), description.right(), description.out()).stream()
        .map(terms -> terms.stream().map(term -> place(term, numbers)).collect(Collectors.joining(",")))
        .collect(Collectors.joining(";", accumulate + ";" + description.kept() + ";", ""));
    StringBuilder text = new StringBuilder();
    for (ContractionAxis.Role role : ContractionAxis.Role.values()) {
      String extents = description.axes().stream().filter(axis -> axis.role() == role)
          .map(axis -> String.valueOf(axis.extent())).collect(Collectors.joining("x"));
      if (!extents.isEmpty()) {
        text.append(role.name().toLowerCase(java.util.Locale.ROOT)).append(' ').append(extents).append(", ");
      }
    }
    return text.append("places ").append(String.format("%08x", places.hashCode())).toString();
  }

  private static String place(Term term, Map<String, Integer> numbers) {
    return switch (term) {
      case Term.Stride s -> numbers.get(s.axis()) + "*" + s.elements();
      case Term.Window w -> numbers.get(w.position()) + "+" + numbers.get(w.tap()) + "*" + w.size() + "/" + w.elements()
          + "/" + w.stride() + "/" + w.dilation() + "/" + w.padding() + "/" + w.inputDilation();
    };
  }
}
