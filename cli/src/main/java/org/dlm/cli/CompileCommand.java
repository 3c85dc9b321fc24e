package org.dlm.cli;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.runtime.store.AtomicFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code dlm compile}: model files to Java sources, class files, or both. */
@Command(name = "compile", description = "Write the Java sources or the class files of model files.")
final class CompileCommand extends BaseCommand {
  @Mixin private ModelFiles files;

  @Option(names = {"-o", "--out"}, paramLabel = "DIR",
      description = "Where the sources go, in folders by package.")
  private Path folder;

  @Option(names = "--classes", paramLabel = "DIR",
      description = "Where class files go, ready for a class path with dlm-runtime.")
  private Path classFolder;

  @Spec private CommandSpec spec;

  @Option(names = "--optimizer", paramLabel = "NAME", description = "An optimizer to compile as well; may be repeated.")
  private List<String> optimizers = List.of();

  @Option(names = "--time", description = "Show how long each pass took.")
  private boolean time;

  CompileCommand(Console console) {
    super(console);
  }

  @Override
  void execute() throws InterruptedException {
    if (folder == null && classFolder == null) {
      throw new ParameterException(spec.commandLine(),
          "say where to: --out DIR for Java sources, --classes DIR for class files, or both");
    }
    if (classFolder == null) {
      compile();
      return;
    }
    Thread javac = InMemoryCompilation.warmUp();
    try {
      compile();
    } finally {
      javac.join();
    }
  }

  private void compile() {
    Result result = files.compile(console, Options.DEFAULT.withOptimizers(optimizers));
    if (result.files().isEmpty()) {
      console.err().println("note: there is nothing to compile in these files: no model, no recipe,"
          + " no optimizer was named");
    }
    if (folder != null) {
      for (GeneratedFile file : result.files()) {
        write(folder.resolve(file.relativePath()), file.text().getBytes(StandardCharsets.UTF_8));
      }
    }
    long start = System.nanoTime();
    if (classFolder != null) {
      InMemoryCompilation.compile(result.files()).entrySet().stream().sorted(Map.Entry.comparingByKey())
          .forEach(c -> write(classFolder.resolve(c.getKey().replace('.', '/') + ".class"), c.getValue()));
    }
    if (time) {
      result.timings().forEach(t -> tellTime(t.milliseconds(), t.pass()));
      if (classFolder != null) {
        tellTime((System.nanoTime() - start) / 1e6, "classes");
      }
    }
  }

  private void write(Path target, byte[] content) {
    AtomicFile.write(target, channel -> {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    });
    console.out().println(target);
  }

  private void tellTime(double milliseconds, String pass) {
    console.err().printf(java.util.Locale.ROOT, "%9.1f ms  %s%n", milliseconds, pass);
  }
}
