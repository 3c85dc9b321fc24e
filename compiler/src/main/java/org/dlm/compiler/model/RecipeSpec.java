package org.dlm.compiler.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.source.Span;

/**
 * A {@code train} recipe, understood and checked against its model.
 *
 * @param hyperParameters of the optimizer that differ from their defaults
 * @param objectives the functions to make small, in turn; none where the usual one is meant
 * @param data options of the data set, {@code option=value,option=value}
 * @param numbers the settings that are plain numbers, by their names in the source: {@code clip_norm}
 * @param settings every setting as written, by name
 */
public record RecipeSpec(String packageName, String name, String doc, Span span, Type model, Type optimizer,
    Map<String, Double> hyperParameters, List<String> objectives, List<String> metrics, List<String> decay,
    List<Group> groups, Optional<Rate> rate, Optional<Best> best, Optional<String> data, Map<String, Double> numbers,
    Map<String, String> settings) {

  /** What can be set, in the order of the documentation. */
  public static final List<String> KEYS = List.of("objective", "metrics", "data", "optimizer", "decay", "groups",
      "rate", "batch", "epochs", "steps", "clip_norm", "clip_value", "accumulate", "average", "best",
      "patience", "save_steps", "seed");

  /** A batch of all examples, among the numbers. */
  public static final double ALL_EXAMPLES = Integer.MAX_VALUE;

  /** A class that the recipe uses. */
  public record Type(String packageName, String name) {}

  /** Parameters with hyper-parameters of their own; {@code rate} is a factor. */
  public record Group(String pattern, double rate, Map<String, Double> hyperParameters) {}

  /** What makes an epoch the best: the largest or the smallest value of a function. */
  public record Best(String function, boolean highest) {}

  /** Where the learning rate of a step comes from; {@code text} as written. */
  public sealed interface Rate {
    String text();
  }

  /**
   * A single f32 number over the scalars {@code step}, {@code steps} and {@code epoch_steps}.
   *
   * @param graph has no input and one result
   * @param conditions what must hold at each step, as far as it is not known while compiling
   */
  public record Formula(Graph graph, String text, Span span, List<Condition> conditions) implements Rate {}

  /** A single bool over the same scalars, as {@code text} says it at {@code place}. */
  public record Condition(Value holds, String text, Span place) {}

  /** {@code reduce_on_plateau}, with its arguments in order. */
  public record Plateau(List<Double> arguments, String text) implements Rate {}
}
