package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Severity;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.model.Declarations;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.OptimizerSpec;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.model.RecipeSpec;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** Syntax to graphs: the models and optimizers of some files, with every layer elaborated and every shape checked. */
public final class Elaborate {
  private Elaborate() {}

  /** What could be understood; what could not is in the diagnostics. */
  public record Outcome(List<ModelSpec> models, List<OptimizerSpec> optimizers, List<RecipeSpec> recipes) {}

  /**
   * @param libraries what the files import
   * @param models names of the models wanted, all where empty
   * @param optimizers names of optimizers to compile besides those of the files
   * @param sightings where is kept what places of the text mean
   */
  public static Outcome elaborate(List<Syntax.File> files, List<Syntax.File> libraries, Set<String> models,
      List<String> optimizers,
      Sightings sightings, Diagnostics diagnostics) {
    Declarations declarations = new Declarations(files, libraries, diagnostics);
    Elaboration elaboration = new Elaboration(declarations, sightings, diagnostics);
    elaboration.unknownNames.addAll(CheckNames.check(declarations, diagnostics));
    List<ModelSpec> specs = new ArrayList<>();
    List<OptimizerSpec> rules = new ArrayList<>();
    for (Syntax.File file : files) {
      for (Syntax.Top top : file.declarations()) {
        switch (top) {
          case Syntax.Model m when models.isEmpty() || models.contains(m.name().name()) ->
              new Models(elaboration, m).elaborate().ifPresent(specs::add);
          case Syntax.Optimizer o -> new OptimizerRule(elaboration, o).elaborate().ifPresent(rules::add);
          default -> { }
        }
      }
    }
    List<Syntax.Train> training = files.stream().flatMap(f -> f.declarations().stream())
        .filter(Syntax.Train.class::isInstance).map(Syntax.Train.class::cast).toList();
    requireModels(files, training, models, diagnostics);
    List<RecipeSpec> recipes = training.stream().flatMap(t -> recipe(elaboration, t, specs).stream()).toList();
    Set<String> wanted = new LinkedHashSet<>(optimizers);
    recipes.forEach(r -> wanted.add(r.optimizer().name()));
    for (String name : wanted) {
      if (rules.stream().noneMatch(r -> r.name().equals(name))) {
        optimizer(elaboration, name).ifPresent(rules::add);
      }
    }
    new CheckGenerically(elaboration).check(files);
    diagnostics.removeIf(CheckTags.allowed(files));
    diagnostics.removeIf(inLibrary(declarations.libraries()));
    diagnostics.removeIf(UnusedNames.tooEarly(diagnostics.all()));
    return new Outcome(specs, rules, recipes);
  }

  /** Warnings are for those who write a file, not for those who use it. */
  private static Predicate<Diagnostic> inLibrary(List<Syntax.File> libraries) {
    return d -> d.code().severity() == Severity.WARNING
        && libraries.stream().anyMatch(f -> f.span().file() == d.primary().span().file());
  }

  /**
   * A recipe, where its model could be understood; the optimizer that it names is compiled, too. A model of a library
   * joins the others when a recipe names it.
   */
  private static Optional<RecipeSpec> recipe(Elaboration elaboration, Syntax.Train train, List<ModelSpec> specs) {
    String path = train.model().stream().map(Syntax.Id::name).collect(Collectors.joining("."));
    String name = train.model().getLast().name();
    String home = train.model().size() == 1 ? elaboration.declarations.packageOf(train)
        : path.substring(0, path.length() - name.length() - 1);
    Declarations known = elaboration.declarations;
    List<Syntax.Model> declared = Stream.concat(models(known.files()), models(known.libraries())).toList();
    Optional<Syntax.Model> model = declared.stream()
        .filter(m -> m.name().name().equals(name) && known.packageOf(m).equals(home)).findFirst();
    if (model.isEmpty()) {
      reportNoModel(elaboration, train, path, declared);
      return Optional.empty();
    }
    if (models(known.libraries()).anyMatch(m -> m == model.get()) && spec(specs, home, name).isEmpty()) {
      new Models(elaboration, model.get()).elaborate().ifPresent(specs::add);
    }
    return spec(specs, home, name).flatMap(m -> new RecipeRule(elaboration, train, m).elaborate());
  }

  private static Stream<Syntax.Model> models(List<Syntax.File> files) {
    return files.stream().flatMap(f -> f.declarations().stream()).filter(Syntax.Model.class::isInstance)
        .map(Syntax.Model.class::cast);
  }

  private static Optional<ModelSpec> spec(List<ModelSpec> specs, String packageName, String name) {
    return specs.stream().filter(m -> m.name().equals(name) && m.packageName().equals(packageName)).findFirst();
  }

  private static void reportNoModel(Elaboration elaboration, Syntax.Train train, String path,
      List<Syntax.Model> declared) {
    String name = train.model().getLast().name();
    Span at = new Span(train.span().file(), train.model().getFirst().span().start(),
        train.model().getLast().span().end());
    List<Syntax.Model> named = declared.stream().filter(t -> t.name().name().equals(name)).toList();
    String near = Suggest.didYouMean(name, declared.stream().map(t -> t.name().name()).toList());
    elaboration.diagnostics().add(Diagnostic.of(Code.E0201, at, "there is no model `" + path + "`")
        .label(!near.isEmpty() ? near : named.isEmpty() ? "" : "it is in the package "
            + elaboration.declarations.packageOf(named.getFirst()))
        .help("name the model's file together with the recipe, or by `--path` the folder or jar that holds it (in a"
            + " Maven build: a dependency); a model of another package is written `package.Model`"));
  }

  private static void requireModels(List<Syntax.File> files, List<Syntax.Train> training, Set<String> wanted,
      Diagnostics diagnostics) {
    List<String> known = Stream.concat(models(files).map(m -> m.name().name()),
        training.stream().map(t -> t.model().getLast().name())).distinct().toList();
    for (String name : wanted) {
      if (!known.contains(name) && !files.isEmpty()) {
        Span start = new Span(files.getFirst().span().file(), 0, 0);
        String near = Suggest.didYouMean(name, known);
        diagnostics.add(Diagnostic.of(Code.E0201, start, "there is no model `" + name + "`")
            .note(!near.isEmpty() ? near : known.isEmpty() ? "no model is declared"
                : "the models are " + String.join(", ", known)));
      }
    }
  }

  private static Optional<OptimizerSpec> optimizer(Elaboration elaboration, String name) {
    Syntax.Optimizer declared = elaboration.declarations.optimizer(name);
    if (declared == null) {
      List<String> known = new ArrayList<>(Prelude.shared().inPackage("dlm.optim") == null ? List.of()
          : Prelude.shared().inPackage("dlm.optim"));
      Span nowhere = new Span(new SourceFile("optimizer", name), 0, name.length());
      String near = Suggest.didYouMean(name, known);
      elaboration.diagnostics().add(Diagnostic.of(Code.E0201, nowhere, "there is no optimizer `" + name + "`")
          .label(near.isEmpty() ? "the library has " + String.join(", ", known) : near));
      return Optional.empty();
    }
    return new OptimizerRule(elaboration, declared).elaborate();
  }
}
