package org.dlm.runtime.data;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.dlm.runtime.InputProblem;

/**
 * An array of unsigned bytes in MNIST's IDX format: two zeros, type, number of axes, lengths (big-endian), the bytes.
 */
record IdxFile(int[] shape, byte[] data) {
  private static final int UNSIGNED_BYTE = 0x08;
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
    long size = 1;
    for (int i = 0; i < axes; i++) {
      shape[i] = java.nio.ByteBuffer.wrap(lengths).getInt(4 * i);
      size = shape[i] <= 0 || size > Integer.MAX_VALUE ? Long.MAX_VALUE : size * shape[i];
    }
    if (size > Integer.MAX_VALUE - 16) {
      throw new InputProblem(file + ": the header gives the lengths " + text(shape) + ", which cannot be", REDO);
    }
    return new IdxFile(shape, data(file, in, shape, (int) size));
  }

  private static byte[] data(Path file, DataInputStream in, int[] shape, int size) throws IOException {
    // Grows with what really comes, so that a lying header cannot make us reserve memory for it.
    byte[] data = in.readNBytes(size);
    if (data.length < size) {
      throw new InputProblem(file + ": the header announces " + text(shape) + " = " + size + " bytes, but only "
          + data.length + " follow", REDO);
    }
    if (in.read() >= 0) {
      throw new InputProblem(file + ": more bytes follow than the " + size + " that the header announces ("
          + text(shape)
          + ")", REDO);
    }
    return data;
  }

  private static String text(int[] shape) {
    return Arrays.stream(shape).mapToObj(Integer::toUnsignedString).collect(Collectors.joining(" x "));
  }
}
