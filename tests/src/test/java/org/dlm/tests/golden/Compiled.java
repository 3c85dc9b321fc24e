package org.dlm.tests.golden;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;

/** What the compiler makes of a case; its complaints fail the test. */
final class Compiled {
  private Compiled() {}

  static Result check(GoldenCase of) {
    Result result = accepted(of, Compiler.checkSources(source(of), Options.DEFAULT.withModels(models(of))));
    if (result.models().isEmpty()) {
      throw new AssertionError(of.source() + ": the compiler found no model in\n" + of.text());
    }
    return result;
  }

  static Result java(GoldenCase of, List<String> optimizers) {
    Result result = accepted(of,
        Compiler.compileSources(source(of), Options.DEFAULT.withModels(models(of)).withOptimizers(optimizers)));
    if (result.files().isEmpty()) {
      throw new AssertionError(of.source() + ": the compiler made no Java of\n" + of.text());
    }
    return result;
  }

  /** All of the text where the case names none. */
  private static Set<String> models(GoldenCase of) {
    return of.model().isEmpty() ? Set.of() : Set.of(of.model());
  }

  private static List<SourceFile> source(GoldenCase of) {
    return List.of(new SourceFile(of.name() + ".dlm", of.text()));
  }

  private static Result accepted(GoldenCase of, Result result) {
    if (result.hasErrors()) {
      throw new AssertionError(of.source() + ": the compiler refuses\n" + of.text() + "\n"
          + result.diagnostics().stream().map(d -> Render.text(d, false)).collect(Collectors.joining("\n")));
    }
    return result;
  }
}
