package org.dlm.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.dlm.compiler.pipeline.Checked;

/** What decides the class files of a model, as one text: the files it was read from, this dlm and this Java. */
final class CompilationKey {
  private final MessageDigest digest;

  private CompilationKey() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The key of the classes of checked files. */
  static String of(Checked checked) throws IOException {
    CompilationKey key = new CompilationKey();
    key.digest.update(checked.inputs());
    for (String property : new String[] {"java.home", "java.runtime.version", "java.vendor"}) {
      key.add(System.getProperty(property, ""));
    }
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
      key.build(Path.of(place));
    }
    return HexFormat.of().formatHex(key.digest.digest(), 0, 16);
  }

  /**
   * A jar of this dlm or a folder of its classes. Size and age tell one build from another, as they tell `make`;
   * reading all jars would take longer than it takes to start.
   */
  private void build(Path place) throws IOException {
    if (!Files.isDirectory(place)) {
      if (Files.exists(place)) {
        file(place, Files.readAttributes(place, BasicFileAttributes.class));
      }
      return;
    }
    Files.walkFileTree(place, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        file(file, attributes);
        return FileVisitResult.CONTINUE;
      }
    });
  }

  private void file(Path file, BasicFileAttributes attributes) {
    add(file.toAbsolutePath() + "\0" + attributes.size() + "\0" + attributes.lastModifiedTime().toMillis());
  }

  private void add(String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }
}
