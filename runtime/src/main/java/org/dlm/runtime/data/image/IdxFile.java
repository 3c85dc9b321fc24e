package org.dlm.runtime.data.image;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.data.ByteStore;
import org.dlm.runtime.data.InputFile;

/**
 * An array of unsigned bytes in MNIST's IDX format: two zeros, type, number of axes, lengths (big-endian), the bytes. A
 * large file that is not gzipped stays on disk.
 */
record IdxFile(int[] shape, ByteStore data) {
  private static final int UNSIGNED_BYTE = 0x08;
  private static final long LARGE = 64 << 20;
  private static final String REDO = "The file is damaged or truncated; copy it again.";

  static IdxFile read(Path file, int axes) {
    return InputFile.read(file, in -> read(file, axes, new DataInputStream(in)));
  }

  private static IdxFile read(Path file, int axes, DataInputStream in) throws IOException {
    byte[] start = in.readNBytes(4);
    if (start.length < 4 || start[0] != 0 || start[1] != 0) {
      throw new InputProblem(file
          + ": not an IDX file: it must start with two zero bytes, the type and the number of axes",
          "Was the right file named?");
    }
    if (start[2] != UNSIGNED_BYTE) {
      throw new InputProblem(file + ": IDX type 0x" + String.format("%02X", start[2])
          + "; only unsigned bytes (0x08) are read", "Convert the file.");
    }
    if (start[3] != axes) {
      throw new InputProblem(file + ": an IDX file of " + start[3] + " axes, where " + axes + " are needed ("
          + (axes == 1 ? "labels" : "images") + ")", "Were images and labels mixed up?");
    }
    byte[] lengths = in.readNBytes(4 * axes);
    if (lengths.length < 4 * axes) {
      throw new InputProblem(file + ": ends within its header", REDO);
    }
    int[] shape = new int[axes];
    long each = 1;
    for (int i = 0; i < axes; i++) {
      shape[i] = ByteBuffer.wrap(lengths).getInt(4 * i);
      each = shape[i] <= 0 || each > Integer.MAX_VALUE ? Long.MAX_VALUE : i == 0 ? 1 : each * shape[i];
    }
    if (each > Integer.MAX_VALUE - 16) {
      throw new InputProblem(file + ": the header gives the lengths " + text(shape) + ", which cannot be", REDO);
    }
    return new IdxFile(shape, data(file, in, shape, shape[0] * each));
  }

  private static ByteStore data(Path file, DataInputStream in, int[] shape, long size) throws IOException {
    int header = 4 + 4 * shape.length;
    if (size > LARGE && Files.size(file) == header + size) {
      return ByteStore.of(file, header);
    }
    if (size > Integer.MAX_VALUE - 16) {
      throw new InputProblem(file + ": the header announces " + text(shape) + " = " + size
          + " bytes, which the file does not have, or has gzipped",
          "Unzip the file: a large one is read where it lies.");
    }
    // Grows with what really comes, so that a lying header cannot make us reserve memory for it.
    byte[] data = in.readNBytes((int) size);
    if (data.length < size) {
      throw new InputProblem(file + ": the header announces " + text(shape) + " = " + size + " bytes, but only "
          + data.length + " follow", REDO);
    }
    if (in.read() >= 0) {
      throw new InputProblem(file + ": more bytes follow than the " + size + " that the header announces ("
          + text(shape)
          + ")", REDO);
    }
    return ByteStore.of(data);
  }

  private static String text(int[] shape) {
    return Arrays.stream(shape).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(" x "));
  }
}
