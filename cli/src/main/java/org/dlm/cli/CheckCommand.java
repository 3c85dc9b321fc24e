package org.dlm.cli;

import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm check}: is it right? */
@Command(name = "check", description = "Parse and shape-check model files.")
final class CheckCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Option(names = "--json", description = "Errors and warnings as JSON, one a line, to standard output.")
  private boolean json;

  CheckCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    files.json = json;
    Result result = files.check(console, Options.DEFAULT);
    String models = String.join(", ", result.models().stream().map(m -> m.name()).toList());
    console.err().println(files.files().size() == 1 ? files.files().getFirst() + ": no errors"
        : files.files().size() + " files: no errors");
    if (!models.isEmpty()) {
      console.err().println("models: " + models);
    }
  }
}
