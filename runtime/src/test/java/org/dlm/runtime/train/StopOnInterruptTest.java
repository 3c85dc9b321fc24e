package org.dlm.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.dlm.runtime.MomentumByHand;
import org.dlm.runtime.SoftmaxRegression;
import org.dlm.runtime.store.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs kill")
class StopOnInterruptTest {
  @TempDir Path folder;

  @Test
  void anInterruptLeavesAWholeCheckpointOfTheLastStep() throws Exception {
    Path file = folder.resolve("run.safetensors");
    Process run = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), InterruptedRun.class.getName(),
        file.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = run.inputReader()) {
      assertThat(out.readLine()).isEqualTo("running");
      new ProcessBuilder("kill", ignoresInterrupts(run) ? "-TERM" : "-INT", Long.toString(run.pid())).start().waitFor();
      assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).isEqualTo(7);
      long step = Checkpoint.restore(file, new SoftmaxRegression(64, 10), new MomentumByHand()).step();
      assertThat(out.readLine()).isEqualTo("stopped true " + step);
      assertThat(step).isGreaterThanOrEqualTo(40);
    } finally {
      run.destroyForcibly();
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(f -> f.getFileName().toString())).allMatch(name -> name.matches("run(\\.best)?\\.safetensors"));
    }
  }

  /** A build in the background ignores Ctrl-C, and its children inherit that; the request to end goes the same way. */
  private static boolean ignoresInterrupts(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return Files.exists(status) && Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
