package org.dlm.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Short names of contents, by which the build sees what changed. */
final class Fingerprint {
  private Fingerprint() {}

  static String ofFile(Path file) throws IOException {
    return hex(sha256().digest(Files.readAllBytes(file)));
  }

  /** Of the tool as a whole: another version, option or rebuilt compiler gives another value. */
  static String ofTool(List<String> words, List<Path> classPath) throws IOException {
    MessageDigest digest = sha256();
    for (String word : words) {
      add(digest, word);
    }
    for (Path element : classPath) {
      add(digest, element.toString());
      addStamps(digest, element);
    }
    return hex(digest.digest());
  }

  /** Size and time are enough for our own class path; in a reactor its elements are folders of classes. */
  private static void addStamps(MessageDigest digest, Path element) throws IOException {
    if (!Files.exists(element)) {
      return;
    }
    try (Stream<Path> files = Files.walk(element)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        add(digest, element.relativize(file) + ":" + Files.size(file) + ":"
            + Files.getLastModifiedTime(file).toMillis());
      }
    }
  }

  private static void add(MessageDigest digest, String word) {
    digest.update(word.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes, 0, 16);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
