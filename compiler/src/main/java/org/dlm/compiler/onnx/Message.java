package org.dlm.compiler.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A message in the encoding of protocol buffers: its fields one after the other. Pieces are kept by reference, so that
 * the weights of a large model are in memory once.
 */
final class Message {
  private static final int VARINT = 0;
  private static final int LENGTH_FIRST = 2;
  private static final int FOUR_BYTES = 5;

  private final List<byte[]> pieces = new ArrayList<>();
  private ByteArrayOutputStream open = new ByteArrayOutputStream();
  private long closed;

  private Message varint(long value) {
    long rest = value;
    for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
      open.write((int) (rest & 0x7F | 0x80));
    }
    open.write((int) rest);
    return this;
  }

  private Message key(int field, int kind) {
    return varint((long) field << 3 | kind);
  }

  Message number(int field, long value) {
    return key(field, VARINT).varint(value);
  }

  Message number(int field, float value) {
    key(field, FOUR_BYTES);
    int bits = Float.floatToIntBits(value);
    for (int i = 0; i < 4; i++) {
      open.write(bits >>> 8 * i);
    }
    return this;
  }

  Message text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  Message bytes(int field, byte[] content) {
    key(field, LENGTH_FIRST).varint(content.length);
    append(content);
    return this;
  }

  Message message(int field, Message content) {
    key(field, LENGTH_FIRST).varint(content.size());
    content.close();
    content.pieces.forEach(this::append);
    return this;
  }

  private void append(byte[] content) {
    close();
    pieces.add(content);
    closed += content.length;
  }

  private void close() {
    if (open.size() > 0) {
      closed += open.size();
      pieces.add(open.toByteArray());
      open = new ByteArrayOutputStream();
    }
  }

  long size() {
    return closed + open.size();
  }

  void write(OutputStream out) throws IOException {
    close();
    for (byte[] piece : pieces) {
      out.write(piece);
    }
  }
}
