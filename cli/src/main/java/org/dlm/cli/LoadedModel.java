package org.dlm.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.OptimizerSpec;
import org.dlm.compiler.pipeline.Checked;
import org.dlm.compiler.pipeline.OptimizerChoice;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Suggestion;
import org.dlm.runtime.lanes.LaneChoice;

/**
 * A model compiled from its text and loaded into this process, with the optimizer that was asked for.
 *
 * @param optimizer empty when none was asked for
 */
record LoadedModel(ModelSpec spec, Model model, Optional<Optimizer> optimizer) {
  /** @param optimizerText such as {@code Adam(lr=1e-3)}, or null */
  static LoadedModel load(ModelFiles files, Console console, String optimizerText) {
    return load(files, console, optimizerText, Options.DEFAULT);
  }

  static LoadedModel load(ModelFiles files, Console console, String optimizerText, Options asked) {
    tellLanes(console);
    Optional<OptimizerChoice> choice = Optional.ofNullable(optimizerText).map(LoadedModel::choice);
    Options options = asked.withOptimizers(choice.map(c -> List.of(c.name())).orElse(List.of()));
    Checked checked = files.checked(console, options);
    Result result = checked.result();
    ModelSpec spec = files.model(result);
    if (options.tunings().isEmpty()) {
      MeasuredRoutes.notUsed(spec).ifPresent(text -> console.err().println("note: " + text));
    }
    CompiledClasses classes = files.classes(checked, console);
    Model model = classes.instance(spec.packageName(), spec.name(), Model.class);
    Optional<Optimizer> optimizer = choice.map(c -> {
      OptimizerSpec rule = result.optimizers().stream().filter(o -> o.name().equals(c.name())).findFirst()
          .orElseThrow(() -> new InputProblem("there is no optimizer `" + c.name() + "`",
              "Use SGD or Adam, or declare it in the file."));
      Optimizer made = classes.instance(rule.packageName(), rule.name(), Optimizer.class);
      set(made, c);
      return made;
    });
    return new LoadedModel(spec, model, optimizer);
  }

  static void tellLanes(Console console) {
    LaneChoice.tellOnce(text -> console.err().println("note: " + text));
  }

  private static OptimizerChoice choice(String text) {
    return OptimizerChoice.parse(text)
        .orElseThrow(() -> new InputProblem("the optimizer `" + text + "` is not understood",
            "Write a name and numbers: \"Adam(lr=1e-3)\"."));
  }

  private static void set(Optimizer optimizer, OptimizerChoice choice) {
    choice.settings().forEach((name, value) -> {
      List<String> known = optimizer.hyperParameters();
      if (!known.contains(name)) {
        throw new InputProblem("the optimizer " + choice.name() + " has no hyper-parameter `" + name + "`"
            + Suggestion.didYouMean(name, known), "It has " + String.join(", ", known) + ".");
      }
      optimizer.set(name, value);
    });
    optimizer.check();
  }

  /** A model of the same class, with fresh parameters. */
  Model another() {
    try {
      return model.getClass().getConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the generated class " + model.getClass().getName() + " cannot be made", e);
    }
  }

  /** What a function computes. */
  Graph graph(String function) {
    return spec.functions().stream().filter(f -> f.name().equals(function)).findFirst().orElseThrow().inference();
  }

  /** The names of the functions, for messages. */
  List<String> functionNames() {
    List<String> names = new ArrayList<>();
    model.functions().forEach(f -> names.add(f.name()));
    return names;
  }
}
