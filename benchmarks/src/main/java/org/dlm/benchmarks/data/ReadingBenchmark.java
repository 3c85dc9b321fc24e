package org.dlm.benchmarks.data;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.data.Batches;
import org.dlm.runtime.data.DataSet;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.data.Feed;
import org.dlm.runtime.data.PassOrder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** An epoch of 60,000 images of MNIST's size into shuffled batches of 64. A million images a minute are 3,600 ms. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class ReadingBenchmark {
  static final int SIDE = 28;

  /** What is asked for besides the files. */
  @Param({"", ",augment=crop(2)", ",augment=crop(2)+rotate(10)", ",augment=mixup(0.2)"})
  public String options;

  /** How many images. */
  @Param("60000")
  public int count;

  private Path folder;
  private Batches batches;
  private Batches.Inputs inputs;
  private int epoch;

  /** Writes the files: the same random pixels each time. */
  @Setup
  public void prepare() throws IOException {
    folder = Files.createTempDirectory("dlm-reading");
    Random random = new Random(1);
    write("train-images-idx3-ubyte", random, count, SIDE, SIDE);
    write("train-labels-idx1-ubyte", random, count);
    write("t10k-images-idx3-ubyte", random, 100, SIDE, SIDE);
    write("t10k-labels-idx1-ubyte", random, 100);
    DataSet data = DataSources.open("mnist:" + folder + options);
    batches = new Batches(data.train(), 64);
    inputs = batches.inputs(new Feed(java.util.List.of(0), java.util.List.of(new int[] {1, SIDE, SIDE}), 0));
  }

  private void write(String name, Random random, int... shape) throws IOException {
    ByteBuffer head = ByteBuffer.allocate(4 + 4 * shape.length).put(new byte[] {0, 0, 8, (byte) shape.length});
    int size = 1;
    for (int length : shape) {
      head.putInt(length);
      size *= length;
    }
    byte[] values = new byte[size];
    random.nextBytes(values);
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      out.write(head.array());
      out.write(values);
    }
  }

  /** Reads an epoch; gives the sum of the first pixels, so that nothing can be left out. */
  @Benchmark
  public double epoch() {
    batches.start(PassOrder.shuffled(0, epoch++), 0);
    double sum = 0;
    for (int batch = 0; batch < batches.count(); batch++) {
      batches.next();
      sum += ((FloatTensor) inputs.tensors()[0]).data()[0];
    }
    return sum;
  }

  /** Removes the files. */
  @TearDown
  public void remove() throws IOException {
    batches.close();
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> {
        try {
          Files.delete(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
    }
  }
}
