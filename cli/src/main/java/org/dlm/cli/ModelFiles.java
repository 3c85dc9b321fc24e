package org.dlm.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.diagnostic.RenderJson;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Checked;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.Suggestion;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model files that a command is about, and which model in them. */
final class ModelFiles {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Model files (.dlm).")
  private List<Path> files;

  @Option(names = "--model", paramLabel = "M", description = "The model, where the files have several.")
  private String model;

  @Option(names = "--path", paramLabel = "DIR-or-JAR", split = ",",
      description = "Folders and jars with model files that may be imported.")
  private List<Path> path = List.of();

  /** Errors and warnings as JSON, one a line, to standard output. */
  boolean json;

  List<Path> files() {
    return files;
  }

  /** Checks without making Java; errors and warnings are told. */
  Result check(Console console, Options options) {
    return told(Compiler.check(RecipeFiles.withModels(files), chosen(options)), console);
  }

  /** Compiles; errors and warnings are told. */
  Result compile(Console console, Options options) {
    return told(Compiler.compile(RecipeFiles.withModels(files), chosen(options)), console);
  }

  /** Checks, with what it takes to make Java later; errors and warnings are told. */
  Checked checked(Console console, Options options) {
    Checked checked = Compiler.checked(RecipeFiles.withModels(files), chosen(options));
    told(checked.result(), console);
    return checked;
  }

  /** The classes of what was checked, loaded into this process; what is said while Java is written is told. */
  CompiledClasses classes(Checked checked, Console console) {
    List<Diagnostic> said = checked.result().diagnostics();
    return CompiledClasses.of(checked, written -> tell(written, said, console));
  }

  private Options chosen(Options options) {
    Options imports = options.withPath(path);
    return model == null ? imports : imports.withModels(Set.of(model));
  }

  private Result told(Result result, Console console) {
    tell(result, List.of(), console);
    return result;
  }

  private void tell(Result result, List<Diagnostic> said, Console console) {
    result.diagnostics().stream().filter(d -> !said.contains(d)).forEach(d -> {
      if (json) {
        console.out().println(RenderJson.json(d));
      } else {
        console.err().println(Render.text(d, console.live()));
      }
    });
    if (result.hasErrors()) {
      throw new Failures.Told();
    }
  }

  /** The model that is meant. */
  ModelSpec model(Result result) {
    List<String> names = result.models().stream().map(ModelSpec::name).toList();
    if (model != null) {
      return result.models().stream().filter(m -> m.name().equals(model)).findFirst()
          .orElseThrow(() -> new InputProblem(
          "there is no model `" + model + "` in " + list() + Suggestion.didYouMean(model, names),
          "There are: " + String.join(", ", names) + "."));
    }
    if (names.size() != 1) {
      throw new InputProblem(names.isEmpty() ? "there is no model in " + list()
          : "there are several models in " + list(),
          names.isEmpty() ? "A model is exported with `model M = L(...)`."
          : "Name one with --model: " + String.join(", ", names) + ".");
    }
    return result.models().getFirst();
  }

  private String list() {
    return String.join(", ", files.stream().map(Path::toString).toList());
  }
}
