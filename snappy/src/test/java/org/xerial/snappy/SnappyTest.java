package org.xerial.snappy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Blocks as the description of the format has them, written here by hand and by a compressor that tries all elements. */
class SnappyTest {
  private static byte[] uncompressed(byte[] block, int size) throws IOException {
    ByteBuffer in = ByteBuffer.allocateDirect(block.length + 3).position(3).put(block).position(3);
    ByteBuffer out = ByteBuffer.allocateDirect(size + 5).position(5);
    int length = Snappy.uncompress(in, out);
    assertThat(out.limit()).isEqualTo(5 + length);
    byte[] bytes = new byte[length];
    out.get(5, bytes);
    return bytes;
  }

  private static byte[] block(int... bytes) {
    byte[] block = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      block[i] = (byte) bytes[i];
    }
    return block;
  }

  @Test
  void eachElementByHand() throws IOException {
    assertThat(uncompressed(block(0), 0)).isEmpty();
    assertThat(uncompressed(block(3, 2 << 2, 'a', 'b', 'c'), 3)).asString(StandardCharsets.US_ASCII).isEqualTo("abc");
    // "ab", then 7 bytes from 2 back, which reach into themselves
    assertThat(uncompressed(block(9, 1 << 2, 'a', 'b', (7 - 4) << 2 | 1, 2), 9)).asString(StandardCharsets.US_ASCII)
        .isEqualTo("ababababa");
    assertThat(uncompressed(block(6, 2 << 2, 'x', 'y', 'z', (3 - 1) << 2 | 2, 3, 0), 6))
        .asString(StandardCharsets.US_ASCII).isEqualTo("xyzxyz");
    assertThat(uncompressed(block(5, 2 << 2, 'x', 'y', 'z', (2 - 1) << 2 | 3, 3, 0, 0, 0), 5))
        .asString(StandardCharsets.US_ASCII).isEqualTo("xyzxy");
    assertThat(uncompressed(block(2, 60 << 2, 1, 'h', 'i'), 2)).asString(StandardCharsets.US_ASCII).isEqualTo("hi");
  }

  @Test
  void whatWasCompressedComesBack() throws IOException {
    Random random = new Random(5);
    for (int size : new int[] {1, 59, 60, 61, 255, 256, 257, 5_000, 70_000, 200_000}) {
      byte[] data = new byte[size];
      for (int i = 0; i < size; i++) {
        data[i] = i > 20 && random.nextInt(8) > 0 ? data[i - 1 - random.nextInt(Math.min(i, 1 << random.nextInt(17)))]
            : (byte) random.nextInt(256);
      }
      byte[] block = compressed(data, random);
      assertThat(uncompressed(block, size)).as(size + " bytes").isEqualTo(data);
      assertThatThrownBy(() -> uncompressed(block, size - 1)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void whatIsDamagedIsRefusedAndNothingElseHappens() throws IOException {
    Random random = new Random(6);
    byte[] block = compressed("the quick brown fox the quick brown fox jumps over over".getBytes(), random);
    for (int length = 0; length < block.length; length++) {
      byte[] part = Arrays.copyOf(block, length);
      assertThatThrownBy(() -> uncompressed(part, 55)).isInstanceOf(IOException.class).hasMessageStartingWith("Snappy: ");
    }
    for (int i = 0; i < 20_000; i++) {
      byte[] wrong = block.clone();
      for (int k = 0; k <= random.nextInt(3); k++) {
        wrong[random.nextInt(wrong.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(uncompressed(wrong, 100)).hasSizeLessThanOrEqualTo(100);
      } catch (IOException refused) {
        assertThat(refused).hasMessageStartingWith("Snappy: ");
      }
    }
    assertThatThrownBy(() -> uncompressed(block(0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF), 9)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> uncompressed(block(0xFF, 0xFF, 0xFF, 0xFF, 0x0F), 9)).isInstanceOf(IOException.class);
  }

  /** Now literals, now copies of whatever kind reaches that far. */
  private static byte[] compressed(byte[] data, Random random) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int length = data.length;
    for (; length >= 0x80; length >>>= 7) {
      out.write(length & 0x7F | 0x80);
    }
    out.write(length);
    for (int at = 0; at < data.length; ) {
      int back = at == 0 ? 0 : 1 + random.nextInt(Math.min(at, 1 << 1 + random.nextInt(18)));
      int same = 0;
      while (back > 0 && same < 64 && at + same < data.length && data[at + same] == data[at + same - back]) {
        same++;
      }
      if (same >= 4 && same <= 11 && back < 2048) {
        write(out, back >>> 8 << 5 | same - 4 << 2 | 1, back, 1);
      } else if (same > 0) {
        int bytes = back < 1 << 16 && random.nextBoolean() ? 2 : 4;
        write(out, same - 1 << 2 | (bytes == 2 ? 2 : 3), back, bytes);
      } else {
        same = Math.min(data.length - at, 1 + random.nextInt(1 << random.nextInt(12)));
        int bytes = same <= 60 && random.nextBoolean() ? 0 : same <= 256 ? 1 : 2 + random.nextInt(3);
        write(out, bytes == 0 ? same - 1 << 2 : 59 + bytes << 2, same - 1, bytes);
        out.write(data, at, same);
      }
      at += same;
    }
    return out.toByteArray();
  }

  private static void write(ByteArrayOutputStream out, int tag, int number, int bytes) {
    out.write(tag);
    for (int i = 0; i < bytes; i++) {
      out.write(number >>> 8 * i);
    }
  }
}
