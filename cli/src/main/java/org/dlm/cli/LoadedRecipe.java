package org.dlm.cli;

import java.util.List;
import java.util.stream.Collectors;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.RecipeSpec;
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
    Result result = files.compile(console, Options.DEFAULT.withTraining(request));
    RecipeSpec spec = chosen(files, result, request.recipe());
    ModelSpec model = result.models().stream()
        .filter(m -> m.name().equals(spec.model().name()) && m.packageName().equals(spec.model().packageName()))
        .findFirst().orElseThrow();
    Recipe recipe = new CompiledClasses(result.files()).instance(spec.packageName(), spec.name(), Recipe.class);
    recipe.settings(spec.settings().entrySet().stream().map(e -> e.getKey() + " = " + e.getValue())
        .collect(Collectors.joining("\n")));
    return new LoadedRecipe(model, recipe);
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
