package org.dlm.runtime.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.dlm.runtime.InputProblem;

/** Writes a file so that a reader sees the old one or the whole new one, never a part, whenever the program dies. */
public final class AtomicFile {
  private static final String PART = ".part-";

  private AtomicFile() {}

  /** Puts the contents into the channel. */
  public interface Writer {
    void write(FileChannel channel) throws IOException;
  }

  /** Writes beside the target, forces it to disk, then renames; missing folders are made. */
  public static void write(Path target, Writer writer) {
    Path file = target.toAbsolutePath();
    requireFile(target, file);
    Path part = file.resolveSibling("." + file.getFileName() + PART + ProcessHandle.current().pid());
    try {
      Files.createDirectories(file.getParent());
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
          StandardOpenOption.TRUNCATE_EXISTING)) {
        writer.write(channel);
        channel.force(true);
      }
      move(part, file);
    } catch (IOException e) {
      throw new InputProblem(target + ": cannot be written: " + reason(e),
          "Check the folder, your rights to it and the free space, or name another place.", e);
    } finally {
      remove(part);
    }
  }

  /** A problem if the file could not be written later: said before the work of an hour, not after it. */
  public static void checkWritable(Path target) {
    Path file = target.toAbsolutePath();
    requireFile(target, file);
    removeOrphans(file);
    boolean existed = Files.exists(file);
    if (!existed) {
      write(target, channel -> { });
      remove(file);
    } else if (!Files.isWritable(file) || !Files.isWritable(file.getParent())) {
      throw new InputProblem(target + " cannot be written", "Check your rights to it, or name another place.");
    }
  }

  /** Parts that processes left which were killed while they wrote. */
  private static void removeOrphans(Path file) {
    String start = "." + file.getFileName() + PART;
    if (!Files.isDirectory(file.getParent())) {
      return;
    }
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(file.getParent(),
        p -> p.getFileName().toString().startsWith(start))) {
      for (Path part : parts) {
        String process = part.getFileName().toString().substring(start.length());
        if (process.matches("[0-9]{1,18}") && ProcessHandle.of(Long.parseLong(process)).isEmpty()) {
          remove(part);
        }
      }
    } catch (IOException | DirectoryIteratorException e) {
      // The folder cannot be listed: they stay where they are.
    }
  }

  private static void requireFile(Path target, Path file) {
    if (target.toString().isBlank()) {
      throw new InputProblem("a file to write has no name", "Name one.");
    }
    if (Files.isDirectory(file)) {
      throw new InputProblem(target + " is a directory; a file is to be written there", "Name a file in it.");
    }
  }

  private static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void remove(Path part) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      // It was never there, or its folder is not ours: nothing to clean up.
    }
  }

  /** Java's file exceptions often carry only the path; their class is the reason. */
  private static String reason(IOException e) {
    return switch (e) {
      case java.nio.file.AccessDeniedException denied -> "access denied";
      case java.nio.file.FileAlreadyExistsException exists -> exists.getFile() + " is a file, not a folder";
      case java.nio.file.NoSuchFileException missing -> "no such folder";
      case java.nio.file.FileSystemException other when other.getReason() != null -> other.getReason();
      default -> e.getMessage();
    };
  }
}
