package org.dlm.runtime.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.InputProblem;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Suggestion;
import org.dlm.runtime.Tensor;

/** A safetensors file open for reading; the data is read in pieces, tensor by tensor, straight into its destination. */
public final class SafetensorsFile implements Closeable {
  /** As in the reference implementation; a header this long would describe a million tensors. */
  private static final long LONGEST_HEADER = 100_000_000;

  private static final int PIECE = 1 << 20;

  private final Path file;
  private final FileChannel channel;
  private final SafetensorsHeader header;
  private final long dataStart;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);

  private SafetensorsFile(Path file, FileChannel channel) throws IOException {
    this.file = file;
    this.channel = channel;
    long length = channel.size();
    if (length < 8) {
      throw new InputProblem(file + ": not a safetensors file: it has only " + length + " bytes",
          "A safetensors file starts with 8 bytes of header length; was the right file named?");
    }
    long headerLength = ByteBuffer.wrap(read(0, 8)).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (headerLength < 0 || headerLength > LONGEST_HEADER) {
      throw new InputProblem(file + ": not a safetensors file: its first 8 bytes say that the header is "
          + Long.toUnsignedString(headerLength) + " bytes long", "Was the right file named?");
    }
    if (headerLength > length - 8) {
      throw new InputProblem(file + ": the header should be " + headerLength + " bytes long, but the file has only "
          + (length - 8) + " after it is announced", "The file is truncated or is not a safetensors file.");
    }
    dataStart = 8 + headerLength;
    header = SafetensorsHeader.parse(file, ByteBuffer.wrap(read(8, (int) headerLength)), length - dataStart);
  }

  /** Opens and checks the header; the message of a problem names the file. */
  public static SafetensorsFile open(Path file) {
    if (Files.isDirectory(file)) {
      throw new InputProblem(file + " is a directory, not a safetensors file", "Name the file in it.");
    }
    FileChannel channel = null;
    try {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      return new SafetensorsFile(file, channel);
    } catch (NoSuchFileException e) {
      throw new InputProblem(file + ": no such file", "Check the path.", e);
    } catch (IOException e) {
      close(channel);
      throw cannotRead(file, e);
    } catch (InputProblem e) {
      close(channel);
      throw e;
    }
  }

  /** A problem where a file that weights are to replace is there, not empty, and no file of weights. */
  public static void requireReplaceable(Path file) {
    if (!Files.isRegularFile(file) || file.toFile().length() == 0) {
      return;
    }
    try {
      open(file).close();
    } catch (InputProblem e) {
      throw new InputProblem(file + " is there already and holds no weights, which would replace it",
          "Name another file with --out, or take this one away.", e);
    }
  }

  private static void close(FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The problem that made us close is the one to tell.
    }
  }

  private static InputProblem cannotRead(Path file, IOException e) {
    return new InputProblem(file + ": cannot be read: " + e.getMessage(), "Check the file and your rights to it.", e);
  }

  public Path file() {
    return file;
  }

  public Map<String, String> metadata() {
    return header.metadata();
  }

  /** What the file holds, by name, in the order of its header. */
  public Map<String, StoredTensor> tensors() {
    return header.tensors();
  }

  /** The tensor of that name; a problem with did-you-mean when there is none. */
  public StoredTensor tensor(String name) {
    StoredTensor tensor = header.tensors().get(name);
    if (tensor == null) {
      throw new InputProblem(file + ": no tensor `" + name + "`" + Suggestion.didYouMean(name, tensors().keySet()),
          "The file holds " + String.join(", ", tensors().keySet()) + ".");
    }
    return tensor;
  }

  /** Reads the tensor as the type that is wanted. */
  public Tensor read(String name, ElementType wanted) {
    StoredTensor tensor = tensor(name);
    if (wanted == ElementType.F32) {
      float[] data = new float[tensor.size()];
      readFloats(name, data, 0);
      return new FloatTensor(data, tensor.shape());
    }
    int[] data = new int[tensor.size()];
    readInts(name, data, 0, wanted);
    return new IntTensor(wanted, data, tensor.shape());
  }

  /** Reads all elements, converted to f32, to {@code destination[offset..]}. */
  public void readFloats(String name, float[] destination, int offset) {
    StoredTensor tensor = readable(name);
    pieces(tensor, (start, count) -> {
      for (int i = 0; i < count; i++) {
        destination[offset + start + i] = (float) number(tensor.type());
      }
    });
  }

  /** Reads all elements as {@code wanted} (I32 or BOOL); fractions and numbers out of range are refused. */
  public void readInts(String name, int[] destination, int offset, ElementType wanted) {
    StoredTensor tensor = readable(name);
    if (tensor.type().floating()) {
      throw new InputProblem(file + ": tensor `" + name + "` is " + tensor.type()
          + ", but whole numbers are needed here", "Save it as I32 or I64.");
    }
    pieces(tensor, (start, count) -> {
      for (int i = 0; i < count; i++) {
        long value = whole(tensor.type());
        boolean fits = wanted == ElementType.BOOL ? value == 0 || value == 1 : value == (int) value;
        if (!fits) {
          throw new InputProblem(file + ": tensor `" + name + "`: element " + (start + i) + " is " + value
              + ", which is no " + (wanted == ElementType.BOOL ? "bool (0 or 1)" : "32-bit integer"), "");
        }
        destination[offset + start + i] = (int) value;
      }
    });
  }

  private StoredTensor readable(String name) {
    StoredTensor tensor = tensor(name);
    if (!tensor.type().readable()) {
      throw new InputProblem(file + ": tensor `" + name + "` is " + tensor.type() + ", which cannot be converted here",
          "Save it as F32.");
    }
    return tensor;
  }

  private interface PieceReader {
    void read(int start, int count);
  }

  private void pieces(StoredTensor tensor, PieceReader reader) {
    int width = tensor.type().bits / 8;
    int total = tensor.size();
    try {
      for (int start = 0; start < total; start += PIECE / width) {
        int count = Math.min(PIECE / width, total - start);
        piece.clear().limit(count * width);
        readFully(piece, dataStart + tensor.begin() + (long) start * width);
        reader.read(start, count);
      }
    } catch (IOException e) {
      throw cannotRead(file, e);
    }
  }

  private double number(StoredType type) {
    return switch (type) {
      case F64 -> piece.getDouble();
      case F32 -> piece.getFloat();
      case F16 -> Float.float16ToFloat(piece.getShort());
      case BF16 -> Float.intBitsToFloat(piece.getShort() << 16);
      default -> whole(type);
    };
  }

  private long whole(StoredType type) {
    return switch (type) {
      case I64 -> piece.getLong();
      case I32 -> piece.getInt();
      case I16 -> piece.getShort();
      case I8 -> piece.get();
      case U8, BOOL -> piece.get() & 0xFF;
      case F64, F32, F16, BF16, U64, U32, U16, F8_E4M3, F8_E5M2 -> throw new IllegalStateException(type.name());
    };
  }

  private byte[] read(long position, int count) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(count);
    readFully(bytes, position);
    return bytes.array();
  }

  private void readFully(ByteBuffer bytes, long position) throws IOException {
    while (bytes.hasRemaining()) {
      int n = channel.read(bytes, position + bytes.position());
      if (n < 0) {
        throw new IOException("the file became shorter while it was read");
      }
    }
    bytes.flip();
  }

  @Override
  public void close() {
    close(channel);
  }
}
