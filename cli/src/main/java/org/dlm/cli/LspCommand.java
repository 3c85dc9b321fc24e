package org.dlm.cli;

import java.io.BufferedInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.List;
import org.dlm.editor.EditorServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code dlm lsp}: the language server, which an editor starts and speaks with. */
@Command(name = "lsp", description = "The language server for editors, over standard input and output.")
final class LspCommand extends BaseCommand {
  @Option(names = "--path", paramLabel = "DIR-or-JAR", split = ",",
      description = "Folders and jars with model files that may be imported.")
  private List<Path> path = List.of();

  @Option(names = "--stdio", description = "Some editors ask for it; it is always so.")
  private boolean standardStreams;

  LspCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    // Nothing but the protocol may reach standard output.
    FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    if (!EditorServer.serve(new BufferedInputStream(System.in), out, console.err(), path)) {
      throw new Failures.Told();
    }
  }
}
