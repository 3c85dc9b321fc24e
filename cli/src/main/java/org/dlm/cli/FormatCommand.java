package org.dlm.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.Format;
import org.dlm.compiler.syntax.ReadSource;
import org.dlm.runtime.store.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code dlm fmt}: model files in the usual form. */
@Command(name = "fmt", description = "Bring model files into the usual form; comments and line breaks stay.")
final class FormatCommand extends BaseCommand {
  @Parameters(paramLabel = "FILE", arity = "1..*", description = "Model files (.dlm).")
  private List<Path> files;

  @Option(names = "--check", description = "Write nothing; name the files that have another form, and fail if any has.")
  private boolean check;

  FormatCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    boolean different = false;
    boolean wrong = false;
    for (Path path : files) {
      Diagnostics diagnostics = new Diagnostics();
      Optional<SourceFile> file = ReadSource.read(path, diagnostics);
      Optional<String> formatted = file.flatMap(f -> Format.text(f, diagnostics));
      if (formatted.isPresent() && !formatted.get().equals(file.get().text())) {
        different = true;
        console.out().println(path);
        if (!check) {
          byte[] content = formatted.get().getBytes(StandardCharsets.UTF_8);
          AtomicFile.write(path, channel -> channel.write(ByteBuffer.wrap(content)));
        }
      }
      diagnostics.all().forEach(d -> console.err().println(Render.text(d, console.live())));
      wrong |= diagnostics.hasErrors();
    }
    if (wrong || check && different) {
      throw new Failures.Told();
    }
  }
}
