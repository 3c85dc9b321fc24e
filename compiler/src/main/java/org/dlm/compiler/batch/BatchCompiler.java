package org.dlm.compiler.batch;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.Span;

/**
 * The compiler as a process of its own, for build tools that run on an older Java. Two properties files are its
 * protocol: the request names {@code file.N}, {@code optimizer.N}, {@code path.N} and the folder {@code output}; the
 * answer, written
 * whole at the end, has {@code generated.N.path}, {@code generated.N.source} (empty for what is made of no file of the
 * request) and {@code diagnostic.N.*}. Java sources are written only when nothing is wrong, and only where their text
 * changed. A model of a library that a recipe names is made of that recipe, unless the library has its class.
 */
public final class BatchCompiler {
  private final Properties request;
  private final Properties answer = new Properties();

  private BatchCompiler(Properties request) {
    this.request = request;
  }

  /** Arguments: the request file, the answer file. */
  public static void main(String[] args) throws IOException {
    Properties request = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of(args[0]), StandardCharsets.UTF_8)) {
      request.load(reader);
    }
    BatchCompiler batch = new BatchCompiler(request);
    batch.run();
    try (Writer writer = Files.newBufferedWriter(Path.of(args[1]), StandardCharsets.UTF_8)) {
      batch.answer.store(writer, null);
    }
  }

  private void run() throws IOException {
    List<Path> files = numbered("file").stream().map(Path::of).toList();
    Result result = Compiler.compile(files, Options.DEFAULT.withOptimizers(numbered("optimizer"))
        .withPath(numbered("path").stream().map(Path::of).toList()));
    for (int i = 0; i < result.diagnostics().size(); i++) {
      describe("diagnostic." + i + ".", result.diagnostics().get(i));
    }
    if (!result.hasErrors()) {
      write(result);
    }
  }

  private List<String> numbered(String key) {
    List<String> values = new ArrayList<>();
    for (int i = 0; request.getProperty(key + "." + i) != null; i++) {
      values.add(request.getProperty(key + "." + i));
    }
    return values;
  }

  private void describe(String prefix, Diagnostic diagnostic) {
    var span = diagnostic.primary().span();
    answer.setProperty(prefix + "severity", diagnostic.code().severity().name());
    answer.setProperty(prefix + "code", diagnostic.code().id());
    answer.setProperty(prefix + "file", span.file().name());
    answer.setProperty(prefix + "line", Integer.toString(span.line()));
    answer.setProperty(prefix + "column", Integer.toString(span.column()));
    answer.setProperty(prefix + "message", diagnostic.message());
    answer.setProperty(prefix + "text", Render.text(diagnostic, false));
  }

  private void write(Result result) throws IOException {
    Path output = Path.of(request.getProperty("output"));
    Map<String, Set<String>> sources = sourcesByPath(result);
    Set<String> compiled = compiledBefore(result);
    int i = 0;
    for (GeneratedFile file : result.files()) {
      if (compiled.contains(file.relativePath())) {
        continue;
      }
      for (String source : sources.getOrDefault(file.relativePath(), Set.of(""))) {
        answer.setProperty("generated." + i + ".path", file.relativePath());
        answer.setProperty("generated." + i + ".source", source);
        i++;
      }
      writeIfChanged(output.resolve(file.relativePath()), file.text());
    }
  }

  /**
   * Which files a class was made of: a model, optimizer or recipe {@code a.B} becomes {@code a/B.java}. An optimizer of
   * the library is made of every recipe that uses it, and of the request.
   */
  private Map<String, Set<String>> sourcesByPath(Result result) {
    Map<String, Set<String>> sources = new HashMap<>();
    Set<String> libraryModels = new TreeSet<>();
    result.models().forEach(m -> {
      String path = path(m.packageName(), m.name());
      if (isAsked(m.span())) {
        add(sources, path, m.span().file().name());
      } else {
        libraryModels.add(path);
      }
    });
    result.optimizers().forEach(o -> {
      boolean library = !isAsked(o.span());
      if (!library || numbered("optimizer").contains(o.name())) {
        add(sources, path(o.packageName(), o.name()), library ? "" : o.span().file().name());
      }
    });
    result.recipes().forEach(r -> {
      add(sources, path(r.packageName(), r.name()), r.span().file().name());
      String model = path(r.model().packageName(), r.model().name());
      if (libraryModels.contains(model)) {
        add(sources, model, r.span().file().name());
      }
      add(sources, path(r.optimizer().packageName(), r.optimizer().name()), r.span().file().name());
    });
    return sources;
  }

  private boolean isAsked(Span span) {
    return numbered("file").contains(span.file().name());
  }

  /** The models of libraries that came with their classes. */
  private Set<String> compiledBefore(Result result) throws IOException {
    Set<String> paths = new TreeSet<>();
    for (ModelSpec model : result.models()) {
      String path = path(model.packageName(), model.name());
      if (!isAsked(model.span()) && inLibrary(path.replace(".java", ".class"))) {
        paths.add(path);
      }
    }
    return paths;
  }

  private boolean inLibrary(String name) throws IOException {
    for (String library : numbered("path")) {
      if (holds(Path.of(library), name)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(Path library, String name) throws IOException {
    if (Files.isDirectory(library)) {
      return Files.isRegularFile(library.resolve(name));
    }
    try (ZipFile jar = new ZipFile(library.toFile())) {
      return jar.getEntry(name) != null;
    }
  }

  private static void add(Map<String, Set<String>> sources, String path, String source) {
    sources.computeIfAbsent(path, p -> new TreeSet<>()).add(source);
  }

  private static String path(String packageName, String name) {
    return (packageName.isEmpty() ? "" : packageName.replace('.', '/') + "/") + name + ".java";
  }

  /** An unchanged file keeps its time, so that javac has nothing to do. */
  private static void writeIfChanged(Path file, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (Files.isRegularFile(file) && java.util.Arrays.equals(Files.readAllBytes(file), bytes)) {
      return;
    }
    Files.createDirectories(file.getParent());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    Files.write(fresh, bytes);
    Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
  }
}
