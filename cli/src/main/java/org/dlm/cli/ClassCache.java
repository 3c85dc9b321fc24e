package org.dlm.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * Class files of earlier starts in a folder of the user's, an entry for each key. It never stands in the way: an entry
 * that cannot be read or is not whole is none, and where nothing can be written nothing is kept.
 */
final class ClassCache {
  /** {@code -Ddlm.cache=DIR} moves the folder, {@code -Ddlm.cache=off} does without. */
  static final String SETTING = "dlm.cache";

  private static final String ENTRY = ".classes";
  private static final String PART = ".part";
  private static final int FORMAT = 0x444c4d01;
  private static final int SUM_BYTES = Long.BYTES;

  /** An entry is some hundred kilobytes; when there are too many, those that were not used for the longest time go. */
  private static final long MOST_BYTES = 64L << 20;

  private final Path folder;
  private final long mostBytes;

  ClassCache(Path folder, long mostBytes) {
    this.folder = folder;
    this.mostBytes = mostBytes;
  }

  /** Where the user wants it, or nothing. */
  static Optional<ClassCache> ofUser() {
    String asked = System.getProperty(SETTING, "");
    try {
      Optional<Path> folder = asked.equals("off") ? Optional.empty()
          : asked.isEmpty() ? usual() : Optional.of(Path.of(asked).toAbsolutePath());
      return folder.map(f -> new ClassCache(f.resolve("classes"), MOST_BYTES));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** The folder for such things that the system names, which must be an absolute path to count. */
  private static Optional<Path> usual() {
    boolean windows = System.getProperty("os.name").startsWith("Windows");
    return Stream.of(below(System.getenv(windows ? "LOCALAPPDATA" : "XDG_CACHE_HOME"), "dlm"),
        below(System.getProperty("user.home"), windows ? "AppData/Local/dlm" : ".cache/dlm"))
        .flatMap(Optional::stream).findFirst();
  }

  private static Optional<Path> below(String folder, String name) {
    return folder == null || folder.isBlank() ? Optional.empty()
        : Optional.of(Path.of(folder)).filter(Path::isAbsolute).map(f -> f.resolve(name));
  }

  // ------------------------------------------------------------------------------------------------ reading

  /** Class name to class file, where there is a whole entry of that key. */
  Optional<Map<String, byte[]>> find(String key) {
    Path file = entry(key);
    try {
      byte[] bytes = Files.readAllBytes(file);
      if (!isWhole(bytes)) {
        return Optional.empty();
      }
      Map<String, byte[]> classes = classes(bytes);
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
      return Optional.of(classes);
    } catch (IOException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private Path entry(String key) {
    return folder.resolve(key + ENTRY);
  }

  private static boolean isWhole(byte[] bytes) throws IOException {
    int length = bytes.length - SUM_BYTES;
    return length > 0
        && new DataInputStream(new ByteArrayInputStream(bytes, length, SUM_BYTES)).readLong() == sum(bytes, length);
  }

  private static long sum(byte[] bytes, int length) {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, length);
    return sum.getValue();
  }

  private static Map<String, byte[]> classes(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    if (in.readInt() != FORMAT) {
      throw new IOException("an entry of another form");
    }
    Map<String, byte[]> classes = new HashMap<>();
    for (int left = in.readInt(); left > 0; left--) {
      String name = in.readUTF();
      classes.put(name, in.readNBytes(in.readInt()));
    }
    return classes;
  }

  // ------------------------------------------------------------------------------------------------ writing

  /** Keeps the classes under that key; other processes see a whole entry or none. */
  void keep(String key, Map<String, byte[]> classes) {
    try {
      Files.createDirectories(folder.getParent());
      makeOwn();
      Path part = Files.createTempFile(folder, key, PART);
      try {
        Files.write(part, bytes(classes));
        Files.move(part, entry(key), StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(part);
      }
      removeOld();
    } catch (IOException | RuntimeException e) {
      // The next start compiles again.
    }
  }

  /** Classes run with the rights of whoever starts them, so nobody else should write any. */
  private void makeOwn() throws IOException {
    FileAttribute<?>[] rights = folder.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))}
        : new FileAttribute<?>[0];
    try {
      Files.createDirectory(folder, rights);
    } catch (FileAlreadyExistsException e) {
      // an earlier start made it, or another process just now
    }
  }

  private static byte[] bytes(Map<String, byte[]> classes) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(FORMAT);
    out.writeInt(classes.size());
    for (Map.Entry<String, byte[]> each : classes.entrySet()) {
      out.writeUTF(each.getKey());
      out.writeInt(each.getValue().length);
      out.write(each.getValue());
    }
    out.writeLong(sum(bytes.toByteArray(), bytes.size()));
    return bytes.toByteArray();
  }

  private record Entry(Path file, long bytes, FileTime used) {}

  /** Down to three quarters of what may be there; and parts that a process left which was killed while it wrote. */
  private void removeOld() throws IOException {
    List<Entry> entries;
    try (Stream<Path> files = Files.list(folder)) {
      entries = files.flatMap(ClassCache::known).sorted(Comparator.comparing(Entry::used)).toList();
    }
    FileTime hourAgo = FileTime.from(Instant.now().minusSeconds(3600));
    long bytes = entries.stream().mapToLong(Entry::bytes).sum();
    boolean tooMany = bytes > mostBytes;
    for (Entry entry : entries) {
      boolean isPart = entry.file().toString().endsWith(PART);
      if (isPart ? entry.used().compareTo(hourAgo) < 0 : tooMany && bytes > mostBytes * 3 / 4) {
        Files.deleteIfExists(entry.file());
        bytes -= entry.bytes();
      }
    }
  }

  /** Only files that are ours; another process may have removed one meanwhile. */
  private static Stream<Entry> known(Path file) {
    try {
      String name = file.getFileName().toString();
      return name.endsWith(ENTRY) || name.endsWith(PART)
          ? Stream.of(new Entry(file, Files.size(file), Files.getLastModifiedTime(file))) : Stream.empty();
    } catch (IOException e) {
      return Stream.empty();
    }
  }
}
