package org.dlm.editor;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The texts that are open in the editor, as they are typed. */
final class Buffers {
  /** A text; {@code version} counts its changes. */
  record Buffer(String uri, Optional<Path> path, String text, long version) {}

  private final Map<String, Buffer> open = new ConcurrentHashMap<>();
  private long versions;

  synchronized Buffer put(String uri, String text) {
    Buffer buffer = new Buffer(uri, Places.path(uri), text, ++versions);
    open.put(uri, buffer);
    return buffer;
  }

  void close(String uri) {
    open.remove(uri);
  }

  Optional<Buffer> find(String uri) {
    return Optional.ofNullable(open.get(uri));
  }

  Collection<Buffer> all() {
    return List.copyOf(open.values());
  }

  /** By absolute path: what the compiler reads instead of the files. */
  Map<Path, String> texts() {
    Map<Path, String> texts = new HashMap<>();
    open.values().forEach(b -> b.path().ifPresent(path -> texts.put(path, b.text())));
    return texts;
  }

  /** The address under which the editor has the file open, which it may write in its own way. */
  Optional<String> uriOf(Path file) {
    return open.values().stream().filter(b -> b.path().equals(Optional.of(file))).map(Buffer::uri).findFirst();
  }
}
