package org.dlm.editor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.dlm.compiler.diagnostic.Explain;
import org.dlm.compiler.model.Prelude;

/** Texts that are in jars, as files that an editor can show: the library, the pages of errors, what jars bring. */
final class LibraryFiles {
  private final Path folder;

  /** {@code folder}: where the files are written. */
  LibraryFiles(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  /** Where the user's programs keep what they can make again. */
  static Path usualFolder() {
    String cache = System.getenv("XDG_CACHE_HOME");
    String local = System.getenv("LOCALAPPDATA");
    Path base = cache != null && !cache.isBlank() ? Path.of(cache) : local != null && !local.isBlank() ? Path.of(local)
        : Path.of(System.getProperty("user.home"), ".cache");
    return base.resolve("dlm").resolve("editor");
  }

  /** Is it one of the files written here, which nobody edits? */
  boolean holds(Path file) {
    return file.startsWith(folder);
  }

  /** The file of a name that the compiler gives a text: a path, {@code prelude/nn.dlm} or {@code x.jar!/a/b.dlm}. */
  Optional<Path> file(String name) {
    int inJar = name.indexOf("!/");
    if (name.startsWith(Prelude.FOLDER)) {
      return copy(name, "/org/dlm/" + name);
    }
    return inJar > 0 ? fromJar(Path.of(name.substring(0, inJar)), name.substring(inJar + 2))
        : Optional.of(Path.of(name).toAbsolutePath().normalize());
  }

  /** The page that explains an error. */
  Optional<Path> page(String code) {
    return Explain.page(code).flatMap(text -> write("errors/" + code + ".md", text.getBytes(StandardCharsets.UTF_8)));
  }

  private Optional<Path> copy(String name, String resource) {
    try (InputStream in = Prelude.class.getResourceAsStream(resource)) {
      return in == null ? Optional.empty() : write(name, in.readAllBytes());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<Path> fromJar(Path jar, String entry) {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry found = zip.getEntry(entry);
      if (found == null) {
        return Optional.empty();
      }
      try (InputStream in = zip.getInputStream(found)) {
        return write("jars/" + jar.getFileName() + "/" + entry, in.readAllBytes());
      }
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Writes where the file is not there yet as it should be; read-only, since a change would do nothing. */
  private Optional<Path> write(String name, byte[] content) {
    Path file = folder.resolve(name).normalize();
    try {
      if (!file.startsWith(folder)) {
        return Optional.empty();
      }
      if (!Files.isRegularFile(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
        Files.createDirectories(file.getParent());
        Path whole = Files.createTempFile(file.getParent(), "new", ".tmp");
        Files.write(whole, content);
        whole.toFile().setReadOnly();
        Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
      }
      return Optional.of(file);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
