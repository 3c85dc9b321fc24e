package org.dlm.runtime.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Tensor;

/** Collects named tensors (without copying them) and writes them as one safetensors file, whole or not at all. */
public final class SafetensorsWriter {
  private static final int PIECE = 1 << 20;

  /** A tensor to write: floats or ints, from an offset on. */
  private record Item(String name, ElementType type, int[] shape, float[] floats, int[] ints, int offset) {
    long bytes() {
      return (long) Tensor.size(shape) * (type == ElementType.BOOL ? 1 : 4);
    }
  }

  private final List<Item> items = new ArrayList<>();
  private final Set<String> names = new HashSet<>();

  /** Adds {@code data[offset .. offset + size of shape)}. */
  public SafetensorsWriter add(String name, float[] data, int offset, int... shape) {
    return add(new Item(name, ElementType.F32, shape, data, null, offset));
  }

  public SafetensorsWriter add(String name, Tensor tensor) {
    return switch (tensor) {
      case FloatTensor f -> add(name, f.data(), 0, f.shape());
      case IntTensor i -> add(new Item(name, i.type(), i.shape(), null, i.data(), 0));
    };
  }

  private SafetensorsWriter add(Item item) {
    if (!names.add(item.name()) || item.name().equals("__metadata__")) {
      throw new IllegalArgumentException("two tensors named `" + item.name() + "`");
    }
    items.add(item);
    return this;
  }

  /** Writes all that was added. */
  public void write(Path file, Map<String, String> metadata) {
    AtomicFile.write(file, channel -> {
      byte[] header = header(metadata);
      ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
      flush(piece.putLong(header.length), channel);
      flush(ByteBuffer.wrap(header).position(header.length), channel);
      for (Item item : items) {
        writeData(item, piece, channel);
      }
    });
  }

  private byte[] header(Map<String, String> metadata) {
    List<String> members = new ArrayList<>();
    if (!metadata.isEmpty()) {
      members.add("\"__metadata__\":" + metadata.entrySet().stream()
          .map(e -> JsonText.quote(e.getKey()) + ":" + JsonText.quote(e.getValue()))
          .collect(Collectors.joining(",", "{", "}")));
    }
    long at = 0;
    for (Item item : items) {
      String shape = Arrays.toString(item.shape()).replace(" ", "");
      members.add(JsonText.quote(item.name()) + ":{\"dtype\":\"" + item.type() + "\",\"shape\":" + shape
          + ",\"data_offsets\":[" + at + "," + (at + item.bytes()) + "]}");
      at += item.bytes();
    }
    String text = "{" + String.join(",", members) + "}";
    int length = text.getBytes(StandardCharsets.UTF_8).length;
    // Readers that map the file want the data at a multiple of 8 bytes; the format allows spaces here.
    return (text + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8);
  }

  private static void writeData(Item item, ByteBuffer piece, FileChannel channel) throws IOException {
    int size = Tensor.size(item.shape());
    int perPiece = PIECE / 4;
    for (int start = 0; start < size; start += perPiece) {
      int end = Math.min(size, start + perPiece);
      for (int i = item.offset() + start; i < item.offset() + end; i++) {
        switch (item.type()) {
          case F32 -> piece.putFloat(item.floats()[i]);
          case I32 -> piece.putInt(item.ints()[i]);
          case BOOL -> piece.put((byte) item.ints()[i]);
        }
      }
      flush(piece, channel);
    }
  }

  private static void flush(ByteBuffer piece, FileChannel channel) throws IOException {
    piece.flip();
    while (piece.hasRemaining()) {
      channel.write(piece);
    }
    piece.clear();
  }
}
