package org.dlm.runtime.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.dlm.runtime.InputProblem;

/** Reads a file that may be gzipped, told by its first bytes and not by its name. */
public final class InputFile {
  private InputFile() {}

  /** Takes what it wants from the stream. */
  public interface Reader<T> {
    T read(InputStream in) throws IOException;
  }

  /** Reads a file; what can go wrong with it is told with its name. */
  public static <T> T read(Path file, Reader<T> reader) {
    if (Files.isDirectory(file)) {
      throw new InputProblem(file + " is a directory; a file is needed here", "Name the file in it.");
    }
    try (InputStream in = Files.newInputStream(file)) {
      return read(file.toString(), in, reader);
    } catch (NoSuchFileException e) {
      throw new InputProblem(file + ": no such file", "Check the path.", e);
    } catch (IOException e) {
      throw new InputProblem(file + ": cannot be read: " + e.getMessage(), "Check the file and your rights to it.", e);
    }
  }

  /** The same of a stream that was opened elsewhere. */
  public static <T> T read(String name, InputStream raw, Reader<T> reader) throws IOException {
    try {
      BufferedInputStream in = new BufferedInputStream(raw, 1 << 16);
      in.mark(2);
      boolean zipped = in.read() == 0x1F && in.read() == 0x8B;
      in.reset();
      return reader.read(zipped ? new GZIPInputStream(in, 1 << 16) : in);
    } catch (EOFException e) {
      throw new InputProblem(name + ": the gzipped data ends too early", "The file is truncated; copy it again.", e);
    } catch (ZipException e) {
      throw new InputProblem(name + ": the gzipped data is damaged: " + e.getMessage(), "Copy the file again.", e);
    }
  }
}
