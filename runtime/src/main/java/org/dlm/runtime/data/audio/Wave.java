package org.dlm.runtime.data.audio;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.dlm.runtime.store.AtomicFile;

/**
 * A sound of one channel, from -1 to 1.
 *
 * @param rate samples a second
 */
public record Wave(int rate, float[] samples) {
  private static final int PCM = 1;
  private static final int FLOAT = 3;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int HEADER = 44;

  /** Samples to both sides that a sample of another rate depends on. */
  private static final int REACH = 16;

  /** What the head of a file says; {@code at}: where its samples begin. */
  record Format(boolean isFloat, int channels, int rate, int bits, long at, long bytes) {
    long samples() {
      return bytes / (channels * (bits / 8));
    }
  }

  /** Reads a WAV file: PCM of 8, 16, 24 or 32 bits, or floats; several channels become their mean. */
  public static Wave read(Path file) throws IOException {
    Format format = format(file);
    byte[] bytes = new byte[Math.toIntExact(format.bytes)];
    try (InputStream in = Files.newInputStream(file)) {
      in.skipNBytes(format.at);
      if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
        throw new EOFException("the file ends too early");
      }
    }
    ByteBuffer data = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    float[] samples = new float[(int) format.samples()];
    for (int i = 0; i < samples.length; i++) {
      float sum = 0;
      for (int c = 0; c < format.channels; c++) {
        sum += sample(data, (i * format.channels + c) * (format.bits / 8), format);
      }
      samples[i] = sum / format.channels;
    }
    return new Wave(format.rate, samples);
  }

  private static float sample(ByteBuffer data, int at, Format format) {
    return switch (format.bits) {
      case 8 -> ((data.get(at) & 0xFF) - 128) / 128f;
      case 16 -> data.getShort(at) / 32768f;
      case 24 -> ((data.get(at) & 0xFF) | (data.get(at + 1) & 0xFF) << 8 | data.get(at + 2) << 16) / 8388608f;
      case 32 -> format.isFloat ? data.getFloat(at) : data.getInt(at) / 2147483648f;
      default -> (float) data.getDouble(at);
    };
  }

  /** Reads only the head. */
  static Format format(Path file) throws IOException {
    try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
      byte[] start = in.readNBytes(12);
      if (start.length < 12 || !name(start, 0).equals("RIFF") || !name(start, 8).equals("WAVE")) {
        throw new IOException("not a WAV file");
      }
      long at = 12;
      ByteBuffer format = null;
      while (true) {
        byte[] head = in.readNBytes(8);
        if (head.length < 8) {
          throw new EOFException("the file ends before its samples");
        }
        long size = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getInt(4) & 0xFFFFFFFFL;
        at += 8;
        if (name(head, 0).equals("data")) {
          return checked(format, at, size, Files.size(file));
        }
        if (name(head, 0).equals("fmt ") && size >= 16 && size < 1000) {
          format = ByteBuffer.wrap(in.readNBytes((int) size)).order(ByteOrder.LITTLE_ENDIAN);
          in.skipNBytes(size & 1);
        } else {
          in.skipNBytes(size + (size & 1));
        }
        at += size + (size & 1);
      }
    }
  }

  private static Format checked(ByteBuffer format, long at, long size, long fileSize) throws IOException {
    if (format == null || format.limit() < 16) {
      throw new IOException("the head of the file does not tell the format");
    }
    int kind = format.getShort(0) & 0xFFFF;
    if (kind == EXTENSIBLE && format.limit() >= 26) {
      kind = format.getShort(24) & 0xFFFF;
    }
    int channels = format.getShort(2) & 0xFFFF;
    int rate = format.getInt(4);
    int bits = format.getShort(14) & 0xFFFF;
    boolean known = kind == PCM && (bits == 8 || bits == 16 || bits == 24 || bits == 32)
        || kind == FLOAT && (bits == 32 || bits == 64);
    if (!known || channels == 0 || rate <= 0) {
      throw new IOException("format " + kind + " with " + bits + " bits and " + channels + " channels is not read;"
          + " PCM of 8, 16, 24 or 32 bits and floats are");
    }
    if (at + size > fileSize) {
      throw new EOFException("the head announces " + size + " bytes of sound, only " + (fileSize - at) + " follow");
    }
    return new Format(kind == FLOAT, channels, rate, bits, at, size);
  }

  private static String name(byte[] bytes, int at) {
    return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
  }

  /**
   * The same sound with another number of samples a second: between the samples goes the curve that has no frequency
   * that either number of samples cannot have (a windowed sinc).
   */
  public Wave at(int newRate) {
    if (newRate == rate) {
      return this;
    }
    double cut = Math.min(1, newRate / (double) rate);
    double reach = REACH / cut;
    float[] made = new float[Math.toIntExact((long) samples.length * newRate / rate)];
    for (int i = 0; i < made.length; i++) {
      double middle = i * (double) rate / newRate;
      double sum = 0;
      for (int k = (int) Math.ceil(middle - reach); k <= middle + reach; k++) {
        if (k >= 0 && k < samples.length) {
          double away = k - middle;
          double x = Math.PI * cut * away;
          sum += samples[k] * cut * (x == 0 ? 1 : Math.sin(x) / x) * (0.5 + 0.5 * Math.cos(Math.PI * away / reach));
        }
      }
      made[i] = (float) sum;
    }
    return new Wave(newRate, made);
  }

  /** Writes the sound as PCM of 16 bits. */
  public void write(Path file) {
    ByteBuffer out = ByteBuffer.allocate(HEADER + 2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
    out.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(HEADER - 8 + 2 * samples.length);
    out.put("WAVEfmt ".getBytes(StandardCharsets.ISO_8859_1)).putInt(16);
    out.putShort((short) PCM).putShort((short) 1).putInt(rate).putInt(2 * rate).putShort((short) 2)
        .putShort((short) 16);
    out.put("data".getBytes(StandardCharsets.ISO_8859_1)).putInt(2 * samples.length);
    for (float sample : samples) {
      out.putShort((short) Math.clamp(Math.round(sample * 32768f), -32768, 32767));
    }
    AtomicFile.write(file, channel -> {
      ByteBuffer rest = out.flip();
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    });
  }
}
