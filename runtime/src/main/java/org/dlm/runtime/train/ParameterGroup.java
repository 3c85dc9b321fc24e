package org.dlm.runtime.train;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Suggestion;

/**
 * Parameters that are updated with hyper-parameters of their own.
 *
 * @param pattern which: a path, or the start of paths up to a dot; {@code *} stands for any text ({@code *.bias})
 * @param rate their learning rate is so many times that of the others
 * @param hyperParameters values that replace those of the optimizer
 */
public record ParameterGroup(String pattern, double rate, Map<String, Double> hyperParameters) {
  /** The hyper-parameter that {@link #rate} scales and that schedules set. */
  public static final String RATE = "lr";

  /** The hyper-parameter that patterns of decayed parameters speak of. */
  public static final String DECAY = "weight_decay";

  public ParameterGroup {
    hyperParameters = Map.copyOf(hyperParameters);
  }

  /** A group that learns at another rate. */
  public static ParameterGroup rate(String pattern, double rate) {
    return new ParameterGroup(pattern, rate, Map.of());
  }

  /** A group with another value of one hyper-parameter. */
  public static ParameterGroup with(String pattern, String hyperParameter, double value) {
    return new ParameterGroup(pattern, 1, Map.of(hyperParameter, value));
  }

  /** This group with one more value. */
  public ParameterGroup and(String hyperParameter, double value) {
    Map<String, Double> all = new LinkedHashMap<>(hyperParameters);
    all.put(hyperParameter, value);
    return new ParameterGroup(pattern, rate, all);
  }

  /** Whether the pattern selects the parameter of that path. */
  static boolean matches(String pattern, String path) {
    String regex = Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return path.matches(regex + "(\\..*)?");
  }

  boolean selects(String path) {
    return matches(pattern, path);
  }

  void check(Optimizer optimizer) {
    for (String name : hyperParameters.keySet()) {
      require(optimizer, name);
    }
    if (rate != 1) {
      require(optimizer, RATE);
    }
    if (!(rate >= 0)) {
      throw new InputProblem("the group `" + pattern + "` learns at " + rate + " times the rate of the others",
          "Use 0 or more.");
    }
  }

  static void require(Optimizer optimizer, String name) {
    if (!optimizer.hyperParameters().contains(name)) {
      throw new InputProblem("the optimizer " + optimizer.getClass().getSimpleName() + " has no hyper-parameter `"
          + name + "`"
          + Suggestion.didYouMean(name, optimizer.hyperParameters()),
          "It has " + String.join(", ", optimizer.hyperParameters()) + ".");
    }
  }
}
