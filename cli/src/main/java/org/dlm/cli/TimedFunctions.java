package org.dlm.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.runtime.Function;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;
import picocli.CommandLine.Option;

/** The functions of a model that are timed, and how large their inputs are. */
final class TimedFunctions {
  private static final int USUAL_LENGTH = 64;
  private static final String USUAL_TRAINED = "loss";
  private static final String USUAL_INFERRED = "forward";

  @Option(names = "--dims", paramLabel = "N=64", split = ",",
      description = "Open dims (default: " + USUAL_LENGTH + " each).")
  private Map<String, String> dims = new LinkedHashMap<>();

  @Option(names = "--fn", paramLabel = "F", description = "The function to train (default: " + USUAL_TRAINED + ").")
  private String function;

  @Option(names = "--infer", paramLabel = "F",
      description = "The function to infer with (default: " + USUAL_INFERRED + ").")
  private String inference;

  /** What is trained; empty where nobody named it and the model has no such function. */
  Optional<ModelSpec.Function> trained(ModelSpec model) {
    return named(model, function, USUAL_TRAINED);
  }

  /** What answers; empty where nobody named it and the model has no such function. */
  Optional<ModelSpec.Function> inferred(ModelSpec model) {
    return named(model, inference, USUAL_INFERRED);
  }

  /** Whether the function has a gradient; one that was named must have it. */
  boolean canTrain(Function trained) {
    if (function != null && !trained.differentiable()) {
      throw new InputProblem("`" + function + "` has no gradient: it does not give a single f32 number",
          "Name the loss with --fn.");
    }
    return trained.differentiable();
  }

  private static Optional<ModelSpec.Function> named(ModelSpec model, String asked, String usual) {
    String name = asked == null ? usual : asked;
    Optional<ModelSpec.Function> found = model.functions().stream().filter(f -> f.name().equals(name)).findFirst();
    if (found.isEmpty() && asked != null) {
      throw missing(model, "`" + name + "`" + Suggestion.didYouMean(name, names(model)));
    }
    return found;
  }

  /** Neither of the usual functions is there. */
  static InputProblem missing(ModelSpec model) {
    return missing(model, "`" + USUAL_TRAINED + "` or `" + USUAL_INFERRED + "`");
  }

  private static InputProblem missing(ModelSpec model, String what) {
    return new InputProblem("the model " + model.name() + " has no function " + what, "It has "
        + String.join(", ", names(model)) + "; name them with --fn and --infer.");
  }

  private static List<String> names(ModelSpec model) {
    return model.functions().stream().map(ModelSpec.Function::name).toList();
  }

  /** The open dims of one of the functions; a dim that none of them has is refused. */
  Map<String, Long> dims(ModelSpec model, Graph graph) {
    List<Graph> graphs = new ArrayList<>();
    trained(model).ifPresent(f -> graphs.add(f.inference()));
    inferred(model).ifPresent(f -> graphs.add(f.inference()));
    return Dims.of(dims, graph, graphs, USUAL_LENGTH);
  }
}
