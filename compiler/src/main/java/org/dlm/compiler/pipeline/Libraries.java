package org.dlm.compiler.pipeline;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Parse;
import org.dlm.compiler.syntax.Syntax;

/**
 * Packages in folders and jars: the {@code .dlm} files that imports and recipes ask for, and those that these import in
 * turn. Where files lie in folders named as their packages, the packages beside them are found without being told.
 */
final class Libraries {
  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)");

  private final Diagnostics diagnostics;
  private final Map<Path, String> unsaved;
  private final Set<Path> compiled = new HashSet<>();
  private final Map<String, List<SourceFile>> byPackage = new LinkedHashMap<>();

  /** The folders above those of the packages of the files to compile. */
  private final Set<Path> roots = new LinkedHashSet<>();

  private Libraries(Work work) {
    diagnostics = work.diagnostics;
    unsaved = work.unsaved;
    work.sources.forEach(file -> this.compiled.add(absolute(file.name())));
  }

  /** The library files that those of the compilation need. */
  static List<Syntax.File> needed(Work work) {
    if (work.files.stream().allMatch(f -> f.imports().isEmpty() && recipes(f).isEmpty())) {
      return List.of();
    }
    Libraries libraries = new Libraries(work);
    work.options.path().forEach(libraries::index);
    work.sources.forEach(source -> root(source).ifPresent(libraries.roots::add));
    return libraries.closure(work.files);
  }

  private List<Syntax.File> closure(List<Syntax.File> files) {
    List<Syntax.File> found = new ArrayList<>();
    Set<String> asked = new HashSet<>();
    Deque<String> open = new ArrayDeque<>();
    files.forEach(file -> {
      file.imports().forEach(statement -> open.addAll(candidates(statement)));
      recipes(file).stream().filter(recipe -> !isThere(recipe, file, files))
          .map(recipe -> packageOfModel(recipe, file)).filter(name -> !name.isEmpty()).forEach(open::add);
    });
    while (!open.isEmpty()) {
      String name = open.pop();
      if (asked.add(name)) {
        for (SourceFile source : byPackage.containsKey(name) ? byPackage.get(name) : beside(name)) {
          Syntax.File file = Parse.file(source, diagnostics);
          found.add(file);
          file.imports().forEach(statement -> open.addAll(candidates(statement)));
        }
      }
    }
    return found;
  }

  private static List<Syntax.Train> recipes(Syntax.File file) {
    return file.declarations().stream().filter(Syntax.Train.class::isInstance).map(Syntax.Train.class::cast).toList();
  }

  private static boolean isThere(Syntax.Train recipe, Syntax.File of, List<Syntax.File> files) {
    return files.stream().filter(f -> f.packageName().equals(packageOfModel(recipe, of)))
        .flatMap(f -> f.declarations().stream())
        .anyMatch(t -> t instanceof Syntax.Model m && m.name().name().equals(recipe.model().getLast().name()));
  }

  /** A recipe names the model of another package together with the package. */
  private static String packageOfModel(Syntax.Train recipe, Syntax.File file) {
    int last = recipe.model().size() - 1;
    return last == 0 ? file.packageName()
        : recipe.model().subList(0, last).stream().map(Syntax.Id::name).collect(Collectors.joining("."));
  }

  /** The path may be that of a package or, without its last part, of a name in one. */
  private static List<String> candidates(Syntax.Import statement) {
    String path = statement.path().stream().map(Syntax.Id::name).collect(Collectors.joining("."));
    return path.contains(".") ? List.of(path, path.substring(0, path.lastIndexOf('.'))) : List.of(path);
  }

  // ------------------------------------------------------------------------------------------------ reading

  private void index(Path entry) {
    try {
      if (Files.isDirectory(entry)) {
        folder(entry);
      } else {
        jar(entry);
      }
    } catch (IOException problem) {
      diagnostics.add(Diagnostic.of(Code.E0109, new Span(new SourceFile(entry.toString(), ""), 0, 0),
          Files.exists(entry) ? "`" + entry + "` is neither a folder nor a jar" : "there is no folder or jar `" + entry
              + "`")
          .help("`--path` names folders and jars that hold `.dlm` files"));
    }
  }

  private void folder(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(f -> f.toString().endsWith(".dlm")).sorted().toList()) {
        if (Files.isRegularFile(file) && !compiled.contains(absolute(file.toString()))) {
          add(file.toString(), text(file));
        }
      }
    }
  }

  private void jar(Path jar) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      List<? extends ZipEntry> entries = zip.stream().filter(e -> !e.isDirectory() && e.getName().endsWith(".dlm"))
          .toList();
      for (ZipEntry entry : entries) {
        try (InputStream in = zip.getInputStream(entry)) {
          add(jar + "!/" + entry.getName(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
  }

  private String text(Path file) throws IOException {
    String edited = unsaved.get(absolute(file.toString()));
    return edited != null ? edited : new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private void add(String name, String text) {
    SourceFile source = new SourceFile(name, text);
    Matcher declared = PACKAGE.matcher(source.text());
    if (declared.find() && !name.contains("org/dlm/prelude/")) {
      byPackage.computeIfAbsent(declared.group(1), p -> new ArrayList<>()).add(source);
    }
  }

  // ------------------------------------------------------------------------------------------------ beside

  /** {@code models} for {@code models/a/b/file.dlm} of the package {@code a.b}. */
  private static Optional<Path> root(SourceFile source) {
    Matcher declared = PACKAGE.matcher(source.text());
    Path file = Path.of(source.name());
    if (!declared.find() || !Files.isRegularFile(file)) {
      return Optional.empty();
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    Path packageFolder = folder(declared.group(1));
    if (!folder.endsWith(packageFolder)) {
      return Optional.empty();
    }
    for (int i = 0; i < packageFolder.getNameCount(); i++) {
      folder = folder.getParent();
    }
    return Optional.of(folder);
  }

  private static Path folder(String packageName) {
    return Path.of(packageName.replace('.', '/'));
  }

  /** The files of a package that lies beside those of the files to compile. */
  private List<SourceFile> beside(String name) {
    for (Path root : roots) {
      try (Stream<Path> files = Files.list(root.resolve(folder(name)))) {
        for (Path file : files.filter(f -> f.toString().endsWith(".dlm")).sorted().toList()) {
          if (!compiled.contains(absolute(file.toString()))) {
            add(shown(file), text(file));
          }
        }
      } catch (IOException absent) {
        // A package that is nowhere is told where it is imported.
      }
    }
    return byPackage.getOrDefault(name, List.of());
  }

  /** As the user may write it. */
  private static String shown(Path file) {
    Path here = Path.of("").toAbsolutePath();
    return (file.startsWith(here) ? here.relativize(file) : file).toString();
  }

  private static Path absolute(String name) {
    return Path.of(name).toAbsolutePath().normalize();
  }
}
