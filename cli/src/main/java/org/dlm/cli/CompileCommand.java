package org.dlm.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.runtime.store.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code dlm compile}: model files to Java sources. */
@Command(name = "compile", description = "Write the Java sources of model files.")
final class CompileCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Option(names = {"-o", "--out"}, paramLabel = "DIR", required = true,
      description = "Where the sources go, in folders by package.")
  private Path folder;

  @Option(names = "--optimizer", paramLabel = "NAME", description = "An optimizer to compile as well; may be repeated.")
  private List<String> optimizers = List.of();

  @Option(names = "--time", description = "Show how long each pass took.")
  private boolean time;

  CompileCommand(Console console) {
    super(console);
  }

  @Override
  void execute() {
    Result result = files.compile(console, Options.DEFAULT.withOptimizers(optimizers));
    for (GeneratedFile file : result.files()) {
      Path target = folder.resolve(file.relativePath());
      AtomicFile.write(target, channel -> {
        ByteBuffer text = ByteBuffer.wrap(file.text().getBytes(StandardCharsets.UTF_8));
        while (text.hasRemaining()) {
          channel.write(text);
        }
      });
      console.out().println(target);
    }
    if (time) {
      result.timings().forEach(t -> console.err()
          .printf(java.util.Locale.ROOT, "%9.1f ms  %s%n", t.milliseconds(), t.pass()));
    }
  }
}
