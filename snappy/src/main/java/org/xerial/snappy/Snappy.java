package org.xerial.snappy;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Snappy's block format, taken apart in Java. Hardwood knows one way to Snappy, a class of this name in the library
 * snappy-java, of which it calls this one method; this class stands in its place. A program that needs snappy-java for
 * something else leaves {@code dlm-snappy} out of its dependencies.
 */
public final class Snappy {
  /** A literal of more bytes than this says their number in bytes of its own. */
  private static final int SHORT_LITERAL = 60;

  private final ByteBuffer in;
  private final ByteBuffer out;
  private final int start;
  private final int limit;
  private int at;
  private int to;

  private Snappy(ByteBuffer in, ByteBuffer out) throws IOException {
    this.in = in;
    this.out = out;
    at = in.position();
    start = out.position();
    to = start;
    int length = length();
    if (length > out.remaining()) {
      throw new IOException("Snappy: " + length + " bytes do not fit into " + out.remaining());
    }
    limit = start + length;
  }

  /**
   * Writes what a block holds to the position of {@code uncompressed}, whose limit is then behind it.
   *
   * @return how many bytes that is
   */
  public static int uncompress(ByteBuffer compressed, ByteBuffer uncompressed) throws IOException {
    Snappy block = new Snappy(compressed, uncompressed);
    while (block.at < compressed.limit()) {
      block.element();
    }
    if (block.to != block.limit) {
      throw new IOException("Snappy: the block ends after " + (block.to - block.start) + " of "
          + (block.limit - block.start) + " bytes");
    }
    uncompressed.limit(block.limit);
    return block.limit - block.start;
  }

  /** How many bytes there will be: seven bits a byte, the lowest first; the highest bit says that more follow. */
  private int length() throws IOException {
    long length = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      int next = (int) number(1);
      length |= (next & 0x7FL) << shift;
      if (next < 0x80) {
        if (length > Integer.MAX_VALUE) {
          break;
        }
        return (int) length;
      }
    }
    throw new IOException("Snappy: the block does not begin with its length");
  }

  /** The next bytes as a number, the lowest first. */
  private long number(int bytes) throws IOException {
    if (bytes > in.limit() - at) {
      throw new IOException("Snappy: the block breaks off");
    }
    long number = 0;
    for (int i = 0; i < bytes; i++) {
      number |= (in.get(at++) & 0xFFL) << 8 * i;
    }
    return number;
  }

  private void element() throws IOException {
    int tag = (int) number(1);
    int high = tag >>> 2;
    switch (tag & 3) {
      case 0 -> literal(high < SHORT_LITERAL ? high + 1L : number(high - SHORT_LITERAL + 1) + 1);
      case 1 -> copy((high & 7) + 4, (high >>> 3) << 8 | number(1));
      case 2 -> copy(high + 1, number(2));
      default -> copy(high + 1, number(4));
    }
  }

  private void literal(long length) throws IOException {
    if (length > in.limit() - at || length > limit - to) {
      throw new IOException("Snappy: " + length + " bytes as they are, where there are no more than "
          + Math.min(in.limit() - at, limit - to));
    }
    out.put(to, in, at, (int) length);
    at += (int) length;
    to += (int) length;
  }

  /** Repeats bytes from so far back; where that is less than their number, what is written now is among them. */
  private void copy(int length, long back) throws IOException {
    if (back == 0 || back > to - start || length > limit - to) {
      throw new IOException("Snappy: " + length + " bytes from " + back + " back, after " + (to - start) + " of "
          + (limit - start));
    }
    int from = to - (int) back;
    for (int i = 0; i < length; i++) {
      out.put(to++, out.get(from++));
    }
  }
}
