package org.dlm.runtime.data.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.dlm.runtime.data.Batches;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.PassOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file several times as large as the heap of a process is read there in any order. */
class LargeFileTest {
  private static final int IMAGES = 160_000;
  private static final int SIDE = 28;

  @TempDir Path folder;

  /** What the process runs: an epoch of batches, and how many images were seen. */
  static final class Reading {
    private Reading() {}

    public static void main(String[] arguments) {
      DataSet data = DataSources.open("mnist:" + arguments[0]);
      long seen = 0;
      try (Batches batches = new Batches(data.train(), 64)) {
        batches.start(PassOrder.shuffled(1, 0), 0);
        for (int batch = 0; batch < batches.count(); batch++) {
          batches.next();
          seen += batches.size(batch);
        }
      }
      System.out.println("images " + seen);
    }
  }

  /** Mostly holes: the file takes no room on disks that know them. */
  private void idx(String name, int... shape) throws Exception {
    ByteBuffer head = ByteBuffer.allocate(4 + 4 * shape.length).put(new byte[] {0, 0, 8, (byte) shape.length});
    long size = head.capacity();
    long each = 1;
    for (int length : shape) {
      head.putInt(length);
      each *= length;
    }
    try (RandomAccessFile file = new RandomAccessFile(folder.resolve(name).toFile(), "rw")) {
      file.write(head.array());
      file.setLength(size + each);
    }
  }

  @Test
  void trainsInLittleMemory() throws Exception {
    idx("train-images-idx3-ubyte", IMAGES, SIDE, SIDE);
    idx("train-labels-idx1-ubyte", IMAGES);
    idx("t10k-images-idx3-ubyte", 10, SIDE, SIDE);
    idx("t10k-labels-idx1-ubyte", 10);
    Path out = folder.resolve("out");
    Process process = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-Xmx32m",
        "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
        Reading.class.getName(), folder.toString()).redirectErrorStream(true).redirectOutput(out.toFile()).start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).isTrue();
    assertThat(Files.readString(out)).contains("images " + IMAGES);
    assertThat(Files.size(folder.resolve("train-images-idx3-ubyte"))).isGreaterThan(3 * (32L << 20));
  }
}
