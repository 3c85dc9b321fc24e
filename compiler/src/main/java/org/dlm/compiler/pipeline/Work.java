package org.dlm.compiler.pipeline;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.model.OptimizerSpec;
import org.dlm.compiler.model.RecipeSpec;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.Syntax;

/** What one compilation has made so far; each pass adds its part. */
final class Work {
  final List<SourceFile> sources;
  final Options options;
  final Diagnostics diagnostics;
  final Sightings sightings;

  /** Texts that stand for those of files, by absolute path. */
  final Map<Path, String> unsaved;
  final List<Syntax.File> files = new ArrayList<>();
  final List<Syntax.File> libraries = new ArrayList<>();
  final List<ModelSpec> models = new ArrayList<>();
  final List<OptimizerSpec> optimizers = new ArrayList<>();
  final List<RecipeSpec> recipes = new ArrayList<>();
  final List<GeneratedFile> generated = new ArrayList<>();
  final List<Dump> dumps = new ArrayList<>();
  final List<Timing> timings = new ArrayList<>();
  /** Names of the models wanted, all of the given files where empty. */
  Set<String> wanted;

  Work(List<SourceFile> sources, Options options, Diagnostics diagnostics) {
    this(sources, options, diagnostics, Sightings.dropped(), Map.of());
  }

  Work(List<SourceFile> sources, Options options, Diagnostics diagnostics, Sightings sightings,
      Map<Path, String> unsaved) {
    this.sources = sources;
    this.options = options;
    this.wanted = options.models();
    this.diagnostics = diagnostics;
    this.sightings = sightings;
    this.unsaved = Map.copyOf(unsaved);
  }

  boolean wants(Stage stage) {
    return options.dumps().contains(stage);
  }

  void dump(Stage stage, String subject, String text) {
    dumps.add(new Dump(stage, subject, text));
  }

  Result result() {
    return new Result(diagnostics.hasErrors() ? List.of() : generated, inReadingOrder(), models, optimizers, recipes,
        dumps,
        timings);
  }

  /** File by file as given, from top to bottom; what is of no file comes first. */
  private List<Diagnostic> inReadingOrder() {
    List<String> order = sources.stream().map(SourceFile::name).toList();
    return diagnostics.all().stream().sorted(Comparator
        .comparingInt((Diagnostic d) -> order.indexOf(d.primary().span().file().name()))
        .thenComparingInt(d -> d.primary().span().start())).toList();
  }
}
