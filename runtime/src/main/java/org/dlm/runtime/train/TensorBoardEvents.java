package org.dlm.runtime.train;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.dlm.runtime.InputProblem;

/**
 * Writes a run as an event file that TensorBoard shows: the loss and the rate along the steps, the scores of each
 * epoch.
 *
 * <p>The file is a list of records, each with its length and check sums; a record is an {@code Event} message in the
 * encoding of protocol buffers. What is written stays whole when the program is killed: records are only appended.
 */
public final class TensorBoardEvents implements TrainingListener {
  /** More points a second than this nobody can see. */
  private static final long LEAST_NANOS = 200_000_000L;

  private static final int CHECK_SUM_OFFSET = 0xa282ead8;

  private final Path file;
  private long lastNanos;
  private long lastStep;

  /** @param folder where TensorBoard looks; the file in it gets a name of its own */
  public TensorBoardEvents(Path folder) {
    long now = System.currentTimeMillis();
    file = folder.resolve("events.out.tfevents." + now / 1000 + ".dlm." + ProcessHandle.current().pid());
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw unwritable(e);
    }
    append(new Message().number(1, now / 1000.0).text(3, "brain.Event:2").bytes());
  }

  /** The file that is written. */
  public Path file() {
    return file;
  }

  @Override
  public void started(TrainingStart start) {}

  @Override
  public void step(TrainingProgress progress) {
    if (progress.step() != lastStep && System.nanoTime() - lastNanos > LEAST_NANOS) {
      lastNanos = System.nanoTime();
      lastStep = progress.step();
      scalar("train/batch_loss", progress.step(), progress.lastLoss());
      scalar("train/rate", progress.step(), progress.rate());
      scalar("train/examples_per_second", progress.step(), progress.examplesPerSecond());
    }
  }

  @Override
  public void epoch(EpochReport report) {
    scalar("train/loss", report.step(), report.loss());
    report.parts().forEach((name, value) -> scalar("train/" + name, report.step(), value));
    scalar("train/accuracy", report.step(), report.accuracy());
    report.score().names().forEach(name ->
        scalar(report.part() + "/" + name, report.step(), report.score().value(name)));
  }

  /** A point of the curve {@code name}; nothing for a value that does not exist. */
  public void scalar(String name, long step, double value) {
    if (!Double.isNaN(value)) {
      byte[] point = new Message().text(1, name).number(2, (float) value).bytes();
      append(new Message().number(1, System.currentTimeMillis() / 1000.0).number(2, step)
          .bytes(5, new Message().bytes(1, point).bytes()).bytes());
    }
  }

  private void append(byte[] event) {
    ByteBuffer all = ByteBuffer.allocate(event.length + 16).order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(event.length);
    all.putInt(checkSum(all.array(), 8));
    all.put(event).putInt(checkSum(event, event.length));
    try {
      Files.write(file, all.array(), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private InputProblem unwritable(IOException e) {
    return new InputProblem(file + ": cannot be written: " + e.getMessage(),
        "Check the folder, your rights to it and the free space, or name another place.", e);
  }

  /** The format turns the sum and adds a number, because sums of what contains sums are weak. */
  private static int checkSum(byte[] data, int length) {
    CRC32C crc = new CRC32C();
    crc.update(data, 0, length);
    int sum = (int) crc.getValue();
    return (sum >>> 15 | sum << 17) + CHECK_SUM_OFFSET;
  }

  /** The fields of a protocol buffer message, one after the other. */
  private static final class Message {
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_FIRST = 2;
    private static final int FOUR_BYTES = 5;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private Message key(int field, int kind) {
      return varint(field << 3 | kind);
    }

    private Message varint(long value) {
      long rest = value;
      for (; (rest & ~0x7FL) != 0; rest >>>= 7) {
        out.write((int) (rest & 0x7F | 0x80));
      }
      out.write((int) rest);
      return this;
    }

    private Message raw(long bits, int bytes) {
      for (int i = 0; i < bytes; i++) {
        out.write((int) (bits >>> 8 * i));
      }
      return this;
    }

    Message number(int field, long value) {
      return key(field, VARINT).varint(value);
    }

    Message number(int field, double value) {
      return key(field, EIGHT_BYTES).raw(Double.doubleToLongBits(value), 8);
    }

    Message number(int field, float value) {
      return key(field, FOUR_BYTES).raw(Float.floatToIntBits(value), 4);
    }

    Message text(int field, String text) {
      return bytes(field, text.getBytes(StandardCharsets.UTF_8));
    }

    Message bytes(int field, byte[] content) {
      key(field, LENGTH_FIRST).varint(content.length).out.writeBytes(content);
      return this;
    }

    byte[] bytes() {
      return out.toByteArray();
    }
  }
}
