package org.dlm.editor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.model.Sightings;
import org.dlm.compiler.pipeline.Analysis;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.dlm.compiler.syntax.Parse;
import org.dlm.compiler.syntax.Syntax;
import org.eclipse.lsp4j.Position;

/** Everything known of one text at one moment. */
final class Snapshot {
  private final Buffers.Buffer buffer;
  private final Analysis analysis;
  private final Syntax.File tree;
  private final Surroundings surroundings;
  private final NameTable names;

  private Snapshot(Buffers.Buffer buffer, Analysis analysis) {
    this.buffer = buffer;
    this.analysis = analysis;
    tree = analysis.files().getFirst();
    surroundings = new Surroundings(tree, Stream.concat(analysis.files().stream(), analysis.libraries().stream())
        .toList());
    names = ResolveNames.of(tree, surroundings, analysis.sightings());
  }

  /**
   * Checks a text together with what it needs.
   *
   * @param libraryPath folders and jars that may be imported from
   */
  static Snapshot of(Buffers.Buffer buffer, Map<Path, String> unsaved, List<Path> libraryPath) {
    SourceFile file = source(buffer);
    List<SourceFile> sources = new ArrayList<>(List.of(file));
    buffer.path().ifPresent(path -> sources.addAll(Neighbours.of(file, path, unsaved)));
    Options options = Options.DEFAULT.withPath(libraryPath).withModels(wanted(file));
    return new Snapshot(buffer, Compiler.analyse(sources, options, unsaved));
  }

  /** Reads a text without checking it: one of the library, which the compiler takes as it is. */
  static Snapshot unchecked(Buffers.Buffer buffer) {
    Syntax.File tree = Parse.file(source(buffer), new Diagnostics());
    return new Snapshot(buffer, new Analysis(Compiler.checkSources(List.of(), Options.DEFAULT), List.of(tree),
        List.of(), Sightings.dropped()));
  }

  private static SourceFile source(Buffers.Buffer buffer) {
    return new SourceFile(buffer.path().map(Path::toString).orElse("untitled.dlm"), buffer.text());
  }

  /** The models that the file declares or trains; those of its neighbours are not looked at for their own sake. */
  private static Set<String> wanted(SourceFile file) {
    Set<String> wanted = new HashSet<>();
    for (Syntax.Top top : Parse.file(file, new Diagnostics()).declarations()) {
      switch (top) {
        case Syntax.Model m -> wanted.add(m.name().name());
        case Syntax.Train t -> wanted.add(t.model().getLast().name());
        default -> { }
      }
    }
    return wanted;
  }

  Buffers.Buffer buffer() {
    return buffer;
  }

  SourceFile file() {
    return tree.span().file();
  }

  Syntax.File tree() {
    return tree;
  }

  Analysis analysis() {
    return analysis;
  }

  Sightings sightings() {
    return analysis.sightings();
  }

  Surroundings surroundings() {
    return surroundings;
  }

  NameTable names() {
    return names;
  }

  List<Diagnostic> diagnostics() {
    return analysis.result().diagnostics();
  }

  int offset(Position position) {
    return Places.offset(file(), position);
  }

  /** What stands at a place; in a declaration that cannot be read, by its spelling alone. */
  Optional<NameTable.Occurrence> nameAt(int offset) {
    Optional<NameTable.Occurrence> found = names.at(offset);
    if (found.isPresent()) {
      return found;
    }
    Span word = wordAt(file(), offset);
    boolean broken = tree.declarations().stream().noneMatch(t -> isWhole(t) && contains(t.span(), offset));
    return word.start() == word.end() || !broken ? Optional.empty()
        : surroundings.find(word.text()).map(top -> new NameTable.Occurrence(word, Symbol.of(top)));
  }

  /** Could the declaration be read? */
  static boolean isWhole(Syntax.Top top) {
    return !(top instanceof Syntax.Layer l && l.stages() instanceof Syntax.Broken
        || top instanceof Syntax.Model m && m.value() instanceof Syntax.Broken
        || top instanceof Syntax.Fn f && f.value() instanceof Syntax.Broken
        || top instanceof Syntax.Const c && c.value() instanceof Syntax.Broken);
  }

  private static boolean contains(Span span, int offset) {
    return span.start() <= offset && offset <= span.end();
  }

  /** The letters around the offset. */
  static Span wordAt(SourceFile file, int offset) {
    String text = file.text();
    int from = offset;
    while (from > 0 && isLetter(text.charAt(from - 1))) {
      from--;
    }
    int to = offset;
    while (to < text.length() && isLetter(text.charAt(to))) {
      to++;
    }
    return new Span(file, from, to);
  }

  private static boolean isLetter(char c) {
    return c < 128 && (Character.isLetterOrDigit(c) || c == '_');
  }

  /** Did the check read the file? */
  boolean reads(Path path) {
    return Stream.concat(analysis.files().stream(), analysis.libraries().stream())
        .anyMatch(f -> path.toString().equals(f.span().file().name())
            || path.equals(Path.of(f.span().file().name()).toAbsolutePath().normalize()));
  }
}
