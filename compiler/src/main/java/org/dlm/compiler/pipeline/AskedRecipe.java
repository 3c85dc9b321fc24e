package org.dlm.compiler.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.Parse;
import org.dlm.compiler.syntax.Syntax;

/**
 * Puts the settings of a request over those of a recipe; where the files have none, it makes one of them. Whoever asks
 * for a recipe wants no other model than its own.
 */
final class AskedRecipe {
  /** How messages call the text that the settings stand in. */
  static final String SOURCE = "command line";

  /** The recipe that is made where the files have none. */
  static final String NAME = "CommandLine";

  private AskedRecipe() {}

  /** Does nothing where it is not clear which recipe or model is meant: whoever asked says so. */
  static void add(TrainingRequest request, Work work) {
    List<Syntax.Train> recipes = declared(work, Syntax.Train.class).stream()
        .filter(t -> work.wanted.isEmpty() || work.wanted.contains(t.model().getLast().name()))
        .filter(t -> request.recipe() == null || t.name().name().equals(request.recipe())).toList();
    if (recipes.size() == 1) {
      work.wanted = Set.of(recipes.getFirst().model().getLast().name());
      replace(recipes.getFirst(), over(recipes.getFirst(), asked(request, "", "Model", work)), work);
    } else if (recipes.isEmpty() && request.recipe() == null) {
      List<Syntax.Model> models = declared(work, Syntax.Model.class).stream()
          .filter(m -> work.wanted.isEmpty() || work.wanted.contains(m.name().name())).toList();
      if (models.size() == 1) {
        work.files.add(asked(request, packageOf(models.getFirst(), work), models.getFirst().name().name(), work));
      }
    }
  }

  private static <T extends Syntax.Top> List<T> declared(Work work, Class<T> kind) {
    return work.files.stream().flatMap(f -> f.declarations().stream()).filter(kind::isInstance).map(kind::cast)
        .toList();
  }

  private static String packageOf(Syntax.Top top, Work work) {
    return work.files.stream().filter(f -> f.declarations().contains(top)).findFirst().orElseThrow().packageName();
  }

  private static Syntax.File asked(TrainingRequest request, String packageName, String model, Work work) {
    String settings = request.settings().entrySet().stream().map(e -> "  " + e.getKey() + " = " + e.getValue() + "\n")
        .collect(Collectors.joining());
    String text = (packageName.isEmpty() ? "" : "package " + packageName + "\n")
        + "train " + NAME + " for " + model + " {\n" + settings + "}\n";
    return Parse.file(new SourceFile(SOURCE, text), work.diagnostics);
  }

  private static Syntax.Train over(Syntax.Train recipe, Syntax.File asked) {
    List<Syntax.Setting> settings = new ArrayList<>(recipe.settings());
    for (Syntax.Top top : asked.declarations()) {
      if (top instanceof Syntax.Train t) {
        t.settings().forEach(s -> {
          settings.removeIf(old -> old.name().name().equals(s.name().name()));
          settings.add(s);
        });
      }
    }
    return new Syntax.Train(recipe.span(), recipe.name(), recipe.tags(), recipe.doc(), recipe.model(), settings);
  }

  private static void replace(Syntax.Train old, Syntax.Train fresh, Work work) {
    work.files.replaceAll(f -> new Syntax.File(f.span(), f.packageName(), f.imports(),
        f.declarations().stream().map(d -> d == old ? fresh : d).toList()));
  }
}
