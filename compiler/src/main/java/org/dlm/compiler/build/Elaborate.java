package org.dlm.compiler.build;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Suggest;
import org.dlm.compiler.model.Declarations;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.OptimizerSpec;
import org.dlm.compiler.model.Prelude;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Syntax;

/** Syntax to graphs: the models and optimizers of some files, with every layer elaborated and every shape checked. */
public final class Elaborate {
  private Elaborate() {}

  /** What could be understood; what could not is in the diagnostics. */
  public record Outcome(List<ModelSpec> models, List<OptimizerSpec> optimizers) {}

  /**
   * @param libraries what the files import
   * @param models names of the models wanted, all where empty
   * @param optimizers names of optimizers to compile besides those of the files
   */
  public static Outcome elaborate(List<Syntax.File> files, List<Syntax.File> libraries, Set<String> models,
      List<String> optimizers,
      Diagnostics diagnostics) {
    Declarations declarations = new Declarations(files, libraries, diagnostics);
    Elaboration elaboration = new Elaboration(declarations, diagnostics);
    elaboration.unknownNames.addAll(CheckNames.check(declarations, diagnostics));
    List<ModelSpec> specs = new ArrayList<>();
    List<OptimizerSpec> rules = new ArrayList<>();
    for (Syntax.File file : files) {
      for (Syntax.Top top : file.declarations()) {
        switch (top) {
          case Syntax.Model m when models.isEmpty() || models.contains(m.name().name()) ->
              new Models(elaboration, m).elaborate().ifPresent(specs::add);
          case Syntax.Optimizer o -> new OptimizerRule(elaboration, o).elaborate().ifPresent(rules::add);
          case Syntax.Train t -> notSupported(t, diagnostics);
          default -> { }
        }
      }
    }
    requireModels(files, models, diagnostics);
    for (String name : optimizers) {
      if (rules.stream().noneMatch(r -> r.name().equals(name))) {
        optimizer(elaboration, name).ifPresent(rules::add);
      }
    }
    new CheckGenerically(elaboration).check(files);
    diagnostics.removeIf(CheckTags.allowed(files));
    diagnostics.removeIf(UnusedNames.tooEarly(diagnostics.all()));
    return new Outcome(specs, rules);
  }

  private static void notSupported(Syntax.Train train, Diagnostics diagnostics) {
    diagnostics.add(Diagnostic.of(Code.E0108, train.name().span(), "`train` recipes are not supported yet")
        .help("give the optimizer, batch and epochs to `dlm train`"));
  }

  private static void requireModels(List<Syntax.File> files, Set<String> wanted, Diagnostics diagnostics) {
    List<String> known = files.stream().flatMap(f -> f.declarations().stream()).filter(t -> t instanceof Syntax.Model)
        .map(t -> t.name().name()).toList();
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
