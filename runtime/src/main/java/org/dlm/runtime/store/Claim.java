package org.dlm.runtime.store;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.dlm.runtime.InputProblem;

/**
 * One process writes a file again and again, such as the checkpoints of a run: others that want to are told so before
 * they begin. It is a small file beside the claimed one, which says when its process began, so that what a killed
 * process left, or another one that got its number since, counts for nothing.
 */
public final class Claim implements AutoCloseable {
  private static final String RUN = ".run-";

  private final Path marker;

  private Claim(Path marker) {
    this.marker = marker;
  }

  /** A problem where another process that is alive has claimed the file. */
  public static Claim of(Path target) {
    Path file = target.toAbsolutePath();
    String start = start(file);
    try {
      Files.createDirectories(file.getParent());
      try (DirectoryStream<Path> markers = Files.newDirectoryStream(file.getParent(),
          p -> p.getFileName().toString().startsWith(start))) {
        for (Path marker : markers) {
          look(target, marker, marker.getFileName().toString().substring(start.length()));
        }
      }
      ProcessHandle own = ProcessHandle.current();
      return new Claim(Files.writeString(file.resolveSibling(start + own.pid()), began(own)));
    } catch (IOException | DirectoryIteratorException e) {
      // What cannot be written is told when it is; a folder that cannot be listed keeps nobody from writing into it.
      return new Claim(null);
    }
  }

  /** How the claims of a file are called, before the number of the process. */
  static String start(Path file) {
    return "." + file.getFileName() + RUN;
  }

  private static void look(Path target, Path marker, String process) throws IOException {
    if (!process.matches("[0-9]{1,18}") || Long.parseLong(process) == ProcessHandle.current().pid()) {
      return;
    }
    Optional<ProcessHandle> other = ProcessHandle.of(Long.parseLong(process));
    if (other.isPresent() && began(other.get()).equals(Files.readString(marker))) {
      throw new InputProblem(target + ": process " + process + " is training into this file",
          "Wait until it is done, or name another file with --out.");
    }
    Files.deleteIfExists(marker);
  }

  /** What the claim of a process says. */
  static String began(ProcessHandle process) {
    return process.info().startInstant().map(Object::toString).orElse("");
  }

  @Override
  public void close() {
    try {
      if (marker != null) {
        Files.deleteIfExists(marker);
      }
    } catch (IOException e) {
      // The next run takes it away.
    }
  }
}
