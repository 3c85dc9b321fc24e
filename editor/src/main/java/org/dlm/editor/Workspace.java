package org.dlm.editor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Parse;
import org.dlm.compiler.syntax.Syntax;

/** The model files below the folders that the editor has open: where a name stands in others than the one on top. */
final class Workspace {
  /** Of a folder with more files, such as a home, the first ones are looked at. */
  private static final int MOST_FILES = 2000;
  private static final int DEEPEST = 12;
  private static final long LARGEST = 1 << 20;
  private static final Set<String> SKIPPED = Set.of("target", "build", "node_modules");

  private final Buffers buffers;
  private volatile List<Path> folders = List.of();

  Workspace(Buffers buffers) {
    this.buffers = buffers;
  }

  void folders(List<Path> open) {
    folders = List.copyOf(open);
  }

  /**
   * Where a symbol stands, its declaration among the places: in the text, and, as far as it is seen from there, in the
   * other files. Members of instances are found in their own file only, since others are not checked for this.
   */
  List<Span> places(Snapshot snapshot, Symbol symbol) {
    List<Span> places = new ArrayList<>(snapshot.names().places(symbol));
    if (symbol.kind().local()) {
      return places;
    }
    List<Syntax.File> others = filesWith(symbol.name(), snapshot).stream()
        .map(file -> Parse.file(file, new Diagnostics())).toList();
    List<Syntax.File> all = new ArrayList<>(others);
    all.add(snapshot.tree());
    all.addAll(snapshot.analysis().libraries());
    for (Syntax.File other : others) {
      places.addAll(ResolveNames.of(other, new Surroundings(other, all), Sightings.dropped()).places(symbol));
    }
    return places;
  }

  private List<SourceFile> filesWith(String word, Snapshot besides) {
    Map<Path, String> unsaved = buffers.texts();
    Pattern pattern = Pattern.compile("\\b" + Pattern.quote(word) + "\\b");
    List<SourceFile> found = new ArrayList<>();
    for (Path file : files()) {
      if (!besides.buffer().path().equals(java.util.Optional.of(file))) {
        String text = text(file, unsaved);
        if (pattern.matcher(text).find()) {
          found.add(new SourceFile(file.toString(), text));
        }
      }
    }
    return found;
  }

  private static String text(Path file, Map<Path, String> unsaved) {
    String edited = unsaved.get(file);
    try {
      return edited != null ? edited
          : Files.size(file) <= LARGEST ? new String(Files.readAllBytes(file), StandardCharsets.UTF_8) : "";
    } catch (IOException e) {
      return "";
    }
  }

  private List<Path> files() {
    List<Path> found = new ArrayList<>();
    for (Path folder : folders) {
      try {
        Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEEPEST, new ModelFiles(found));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return found.stream().distinct().sorted().toList();
  }

  /** Collects model files; what cannot be read is passed by. */
  private static final class ModelFiles extends SimpleFileVisitor<Path> {
    private final List<Path> found;

    ModelFiles(List<Path> found) {
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
      String name = String.valueOf(folder.getFileName());
      return SKIPPED.contains(name) || name.startsWith(".") ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
      if (file.toString().endsWith(".dlm")) {
        found.add(file.toAbsolutePath().normalize());
      }
      return found.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException problem) {
      return FileVisitResult.CONTINUE;
    }
  }
}
