package org.dlm.runtime.train;

import java.util.List;
import java.util.Optional;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.Suggestion;
import org.dlm.runtime.data.Column;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSource;
import org.dlm.runtime.data.Feed;

/**
 * Which function of a model does what in training.
 *
 * @param objectives the scalars to make small
 * @param metric a scalar that says the share of right answers
 * @param logits gives [N, classes]: the largest is the answer
 * @param classes how many classes there are, where {@code logits} is there
 * @param others more scalars to tell the means of
 */
record Roles(List<Measured> objectives, Optional<Function> metric, Optional<Function> logits, int classes,
    List<Function> others) {
  /** A function, and what it takes of the data set. */
  record Measured(Function function, Feed feed) {}

  private static final List<String> METRICS = List.of("hits", "accuracy");

  static Roles of(Model model, DataSet data, List<String> objectiveNames, List<String> metricNames) {
    List<Measured> objectives = objectives(model, objectiveNames).stream()
        .map(f -> new Measured(f, Feed.match(f, data))).toList();
    boolean labelled = data.columns().stream().anyMatch(c -> c.name().equals("label") && c.shape().length == 0);
    Optional<Function> logits = model.functions().stream().filter(f -> labelled && givesLogits(f))
        .filter(f -> f.name().equals("forward")).findFirst();
    List<Function> asked = metricNames.stream().map(name -> metric(model, name)).toList();
    Optional<Function> metric = (asked.isEmpty() ? model.functions().stream() : asked.stream())
        .filter(f -> METRICS.contains(f.name()) && givesNumber(f)).findFirst();
    List<Function> others = asked.stream().filter(f -> metric.isEmpty() || f != metric.get()).toList();
    int classes = logits.map(f -> Integer.parseInt(f.outputs().getFirst().dims().get(1))).orElse(0);
    Roles roles = new Roles(objectives, metric, logits, classes, others);
    roles.checkLabels(data);
    return roles;
  }

  /** The batch size that the model fixes, 0 when it is open. */
  int fixedBatch() {
    return objectives.stream().mapToInt(o -> o.feed().fixedBatch()).max().orElse(0);
  }

  List<String> objectiveNames() {
    return objectives.stream().map(o -> o.function().name()).toList();
  }

  /** The names of what is told beside the loss: several objectives; a single one, or one called so, is the loss. */
  static List<String> parts(List<String> objectives) {
    return objectives.size() == 1 ? List.of() : objectives.stream().filter(name -> !name.equals(Score.LOSS)).toList();
  }

  /** What is told as the loss: the objective called so, or the sum of all; {@code values}: those of the objectives. */
  static double loss(List<String> objectives, double[] values) {
    int named = objectives.indexOf(Score.LOSS);
    if (named >= 0) {
      return values[named];
    }
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }

  /** Those of these names; the usual one for no name. */
  static List<Function> objectives(Model model, List<String> names) {
    List<Function> found = names.isEmpty() ? List.of(objective(model, null))
        : names.stream().map(name -> objective(model, name)).toList();
    if (found.stream().distinct().count() < found.size()) {
      throw new InputProblem("an objective is named twice: " + String.join(", ", names), "Name each once.");
    }
    return found;
  }

  private static Function objective(Model model, String name) {
    List<Function> possible = model.functions().stream().filter(Function::differentiable).toList();
    List<String> names = possible.stream().map(Function::name).toList();
    String wanted = name != null ? name : names.size() == 1 ? names.getFirst() : "loss";
    return possible.stream().filter(f -> f.name().equals(wanted)).findFirst().orElseThrow(() -> names.isEmpty()
        ? new InputProblem("the model has no function that can be trained",
            "It needs one that gives a single f32 number, such as"
            + " fn loss(x: [N, 4], label: i32[N]) -> [] = cross_entropy(forward(x), label)")
        : new InputProblem("the model has no function `" + wanted + "` that can be trained"
            + Suggestion.didYouMean(wanted, names), "Name one with --objective: " + String.join(", ", names) + "."));
  }

  private static Function metric(Model model, String name) {
    List<Function> possible = model.functions().stream().filter(Roles::givesNumber).toList();
    List<String> names = possible.stream().map(Function::name).toList();
    return possible.stream().filter(f -> f.name().equals(name)).findFirst().orElseThrow(() -> new InputProblem(
        "the model has no function `" + name + "` that gives a single number" + Suggestion.didYouMean(name, names),
        names.isEmpty() ? "" : "It has " + String.join(", ", names) + "."));
  }

  private static boolean givesNumber(Function f) {
    return f.outputs().size() == 1 && f.outputs().getFirst().type() == ElementType.F32
        && f.outputs().getFirst().dims().isEmpty();
  }

  private static boolean givesLogits(Function f) {
    return f.inputs().size() == 1 && f.outputs().size() == 1 && f.outputs().getFirst().type() == ElementType.F32
        && f.outputs().getFirst().dims().size() == 2 && f.outputs().getFirst().dims().get(1).matches("[0-9]{1,9}");
  }

  private void checkLabels(DataSet data) {
    for (var part : List.of(data.train(), data.validation(), data.test())) {
      for (Column column : part.columns()) {
        if (classes > 0 && column.name().equals("label")) {
          checkLabels(part, column);
        }
      }
    }
  }

  private void checkLabels(DataSource part, Column column) {
    String help = "Give the model more classes, or correct the data.";
    if (column instanceof Column.Ints ints) {
      for (int i = 0; i < ints.data().length; i++) {
        if (ints.data()[i] < 0 || ints.data()[i] >= classes) {
          throw new InputProblem(part.origin() + ": example " + i + " has the label " + ints.data()[i]
              + ", but the model knows only the classes 0 to " + (classes - 1), help);
        }
      }
    } else if (column.limit() > classes) {
      throw new InputProblem(part.origin() + ": there are labels up to " + (column.limit() - 1)
          + ", but the model knows only the classes 0 to " + (classes - 1), help);
    }
  }
}
