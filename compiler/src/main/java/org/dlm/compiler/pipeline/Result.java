package org.dlm.compiler.pipeline;

import java.util.List;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Severity;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.OptimizerSpec;
import org.dlm.compiler.model.RecipeSpec;

/** What came of a compilation. Where there are errors, {@code files} is empty. */
public record Result(
    List<GeneratedFile> files,
    List<Diagnostic> diagnostics,
    List<ModelSpec> models,
    List<OptimizerSpec> optimizers,
    List<RecipeSpec> recipes,
    List<Dump> dumps,
    List<Timing> timings) {

  public Result {
    files = List.copyOf(files);
    diagnostics = List.copyOf(diagnostics);
    models = List.copyOf(models);
    optimizers = List.copyOf(optimizers);
    recipes = List.copyOf(recipes);
    dumps = List.copyOf(dumps);
    timings = List.copyOf(timings);
  }

  public boolean hasErrors() {
    return diagnostics.stream().anyMatch(d -> d.code().severity() == Severity.ERROR);
  }
}
