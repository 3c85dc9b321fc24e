package org.dlm.runtime.data.text;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dlm.runtime.data.ByteStore;

/** The tokens of a whole text, two bytes each: in memory, or in a temporary file where there are very many. */
final class Tokens {
  /** Larger vocabularies do not fit in two bytes. */
  static final int LARGEST_VOCABULARY = 1 << 16;

  private static final int BYTES = 2;

  private final ByteStore store;
  private final int count;

  private Tokens(ByteStore store, int count) {
    this.store = store;
    this.count = count;
  }

  int count() {
    return count;
  }

  /** Copies tokens from a place on; {@code scratch} has room for two bytes each. */
  void read(int at, int[] into, int count, byte[] scratch) throws IOException {
    store.read((long) at * BYTES, scratch, count * BYTES);
    for (int i = 0; i < count; i++) {
      into[i] = scratch[2 * i] & 0xFF | (scratch[2 * i + 1] & 0xFF) << 8;
    }
  }

  /** Takes tokens until there are no more. */
  static final class Writer {
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private final int most;
    private Path file;
    private OutputStream out = memory;
    private long count;

    /** @param most bytes in memory */
    Writer(int most) {
      this.most = most;
    }

    void add(int[] tokens) throws IOException {
      byte[] bytes = new byte[tokens.length * BYTES];
      for (int i = 0; i < tokens.length; i++) {
        bytes[2 * i] = (byte) tokens[i];
        bytes[2 * i + 1] = (byte) (tokens[i] >> 8);
      }
      if (file == null && memory.size() + bytes.length > most) {
        file = Files.createTempFile("dlm-tokens", ".tmp");
        file.toFile().deleteOnExit();
        out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        memory.writeTo(out);
        memory.reset();
      }
      out.write(bytes);
      count += tokens.length;
    }

    Tokens finish() throws IOException {
      out.close();
      if (count > Integer.MAX_VALUE) {
        throw new IOException("more than " + Integer.MAX_VALUE + " tokens");
      }
      return new Tokens(file == null ? ByteStore.of(memory.toByteArray()) : ByteStore.of(file, 0), (int) count);
    }
  }
}
