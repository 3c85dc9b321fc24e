package org.dlm.editor;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.Optional;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.eclipse.lsp4j.Position;
import org.eclipse.lsp4j.Range;

/** Places of the compiler as the protocol has them: lines from 0, columns in UTF-16 units, as Java counts them. */
final class Places {
  private Places() {}

  static Position position(SourceFile file, int offset) {
    int at = Math.clamp(offset, 0, file.text().length());
    return new Position(file.line(at) - 1, file.column(at) - 1);
  }

  static Range range(Span span) {
    return new Range(position(span.file(), span.start()), position(span.file(), span.end()));
  }

  /** The whole text. */
  static Range all(SourceFile file) {
    return range(new Span(file, 0, file.text().length()));
  }

  static int offset(SourceFile file, Position position) {
    return file.offset(position.getLine() + 1, position.getCharacter() + 1);
  }

  /** The file of an address; empty for a text that is in none. */
  static Optional<Path> path(String uri) {
    try {
      return uri.startsWith("file:") ? Optional.of(Path.of(URI.create(uri)).toAbsolutePath().normalize())
          : Optional.empty();
    } catch (IllegalArgumentException | FileSystemNotFoundException e) {
      return Optional.empty();
    }
  }

  static String uri(Path file) {
    return file.toUri().toString();
  }
}
