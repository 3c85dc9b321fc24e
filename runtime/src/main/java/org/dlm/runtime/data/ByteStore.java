package org.dlm.runtime.data;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Bytes in memory or in a file, read at any place. */
public interface ByteStore {
  /** Copies bytes from a place on. */
  void read(long at, byte[] into, int count) throws IOException;

  /** Bytes in memory. */
  static ByteStore of(byte[] bytes) {
    return (at, into, count) -> System.arraycopy(bytes, Math.toIntExact(at), into, 0, count);
  }

  /** The bytes of a file from {@code start} on, which stay where they are. */
  static ByteStore of(Path file, long start) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    return (at, into, count) -> {
      ByteBuffer buffer = ByteBuffer.wrap(into, 0, count);
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, start + at + buffer.position()) < 0) {
          throw new EOFException("the file has become shorter");
        }
      }
    };
  }
}
