package org.dlm.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.RecipeSpec;
import org.dlm.compiler.pipeline.Checked;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.pipeline.TrainingRequest;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;
import org.dlm.runtime.train.Recipe;

/** A recipe with the settings of a command over its own, compiled and loaded together with its model. */
record LoadedRecipe(ModelSpec spec, Recipe recipe) {
  static LoadedRecipe load(ModelFiles files, Console console, TrainingRequest request) {
    LoadedModel.tellLanes(console);
    Checked checked = files.checked(console, Options.DEFAULT.withTraining(request));
    Result result = checked.result();
    RecipeSpec spec = chosen(files, result, request.recipe());
    ModelSpec model = result.models().stream()
        .filter(m -> m.name().equals(spec.model().name()) && m.packageName().equals(spec.model().packageName()))
        .findFirst().orElseThrow();
    Recipe recipe = files.classes(checked, console).instance(spec.packageName(), spec.name(), Recipe.class);
    spec.numbers().forEach((name, value) -> set(recipe, name, value));
    recipe.settings(spec.settings().entrySet().stream().map(e -> e.getKey() + " = " + e.getValue())
        .collect(Collectors.joining("\n")));
    return new LoadedRecipe(model, recipe);
  }

  /** A plain number among the settings: kept classes may stand for other ones ({@link Checked#inputs}). */
  private static void set(Recipe recipe, String name, double value) {
    switch (name) {
      case "batch" -> recipe.batch((int) value);
      case "epochs" -> recipe.epochs((int) value);
      case "steps" -> recipe.steps((long) value);
      case "clip_norm" -> recipe.clipNorm(value);
      case "clip_value" -> recipe.clipValue(value);
      case "accumulate" -> recipe.accumulate((int) value);
      case "average" -> recipe.average(value);
      case "patience" -> recipe.patience((int) value);
      case "save_steps" -> recipe.saveSteps((int) value);
      case "seed" -> recipe.seed((long) value);
      default -> throw new IllegalStateException("a recipe has no number " + name);
    }
  }

  private static RecipeSpec chosen(ModelFiles files, Result result, String name) {
    List<String> names = result.recipes().stream().map(RecipeSpec::name).toList();
    if (name != null) {
      return result.recipes().stream().filter(r -> r.name().equals(name)).findFirst()
          .orElseThrow(() -> new InputProblem(
          "there is no recipe `" + name + "`" + Suggestion.didYouMean(name, names),
          names.isEmpty() ? "A recipe is written `train " + name + " for Model { ... }`."
              : "There are: " + String.join(", ", names) + "."));
    }
    if (names.size() > 1) {
      throw new InputProblem("there are several recipes", "Name one with --recipe: " + String.join(", ", names) + ".");
    }
    if (names.isEmpty()) {
      files.model(result);
    }
    return result.recipes().getFirst();
  }

  /** What a function of the model computes. */
  Graph graph(String function) {
    return spec.functions().stream().filter(f -> f.name().equals(function)).findFirst().orElseThrow().inference();
  }
}
