package org.dlm.editor;

import java.nio.file.Path;
import java.util.Optional;
import org.dlm.compiler.source.Span;
import org.eclipse.lsp4j.Location;

/** Where the editor finds a place of the compiler: in a file, or in a copy of what is in no file. */
final class Locations {
  private final Buffers buffers;
  private final LibraryFiles library;

  Locations(Buffers buffers, LibraryFiles library) {
    this.buffers = buffers;
    this.library = library;
  }

  /** Empty where there is no such file, and none can be written. */
  Optional<Location> of(Span span) {
    return library.file(span.file().name())
        .map(file -> new Location(buffers.uriOf(file).orElse(Places.uri(file)), Places.range(span)));
  }

  /** As {@link #of(Span)} for a text that may be in no file. */
  Location in(Snapshot snapshot, Span span) {
    return span.file() == snapshot.file() ? new Location(snapshot.buffer().uri(), Places.range(span))
        : of(span).orElseThrow();
  }

  /** The address of the page that explains an error. */
  Optional<String> page(String code) {
    return library.page(code).map(Places::uri);
  }

  boolean isLibrary(Path file) {
    return library.holds(file);
  }
}
