package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.dlm.runtime.train.ParallelUpdate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A step of a compiled model allocates nothing on any thread, once its kernels are compiled (before, each vector is an object). */
class StepAllocationTest {
  private static final int STEPS = 50;

  @TempDir Path folder;

  private static long allocatedByAll() {
    var bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long[] ids = Thread.getAllStackTraces().keySet().stream()
        .filter(t -> t == Thread.currentThread() || t.getName().startsWith("dlm")).mapToLong(Thread::threadId).toArray();
    return Arrays.stream(bean.getThreadAllocatedBytes(ids)).sum();
  }

  @Test
  void nothingAfterWarmUp() throws Exception {
    Path file = Files.writeString(folder.resolve("net.dlm"), """
        package trial

        model Net {
          net = [Conv2d(4, 3, padding = 1), relu, MaxPool2d(2), flatten, Dropout(0.2), Linear(10)]

          fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
        }
        """);
    ModelFiles files = new ModelFiles();
    new CommandLine(CommandLine.Model.CommandSpec.create().addMixin("files", CommandLine.Model.CommandSpec.forAnnotatedObject(files)))
        .parseArgs(file.toString());
    LoadedModel loaded = LoadedModel.load(files, new Console(System.out, new PrintStream(System.err), false), "Adam");
    Optimizer rule = loaded.optimizer().orElseThrow();
    rule.prepare(loaded.model().parameters.length);
    ParallelUpdate update = new ParallelUpdate(loaded.model(), rule);
    Program program = loaded.model().function("loss").gradient();
    Tensor[] inputs = {FloatTensor.zeros(32, 1, 8, 8), IntTensor.of(new int[32], 32)};
    long allocated = Long.MAX_VALUE;
    long own = Long.MAX_VALUE;
    long end = System.nanoTime() + 60_000_000_000L;
    for (int step = 1; allocated > own && System.nanoTime() < end; step += STEPS) {
      long measuring = allocatedByAll();
      own = allocatedByAll() - measuring;
      long before = allocatedByAll();
      for (int i = 0; i < STEPS; i++) {
        program.random(0, step + i);
        program.bind(inputs);
        program.run();
        update.apply(step + i);
      }
      allocated = allocatedByAll() - before;
    }
    assertThat(allocated).as("bytes in %d steps, of which the measurement takes %d", STEPS, own).isLessThanOrEqualTo(own);
  }
}
