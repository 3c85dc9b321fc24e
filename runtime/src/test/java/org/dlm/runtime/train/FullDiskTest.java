package org.dlm.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.dlm.runtime.data.DataSources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that finds no room for its next checkpoint says so, keeps the last one, and goes on from there later. */
class FullDiskTest {
  @TempDir Path folder;

  private static Trainer trainer(Path file, TrainingListener listener) {
    return KilledRun.recipe().trainer(DataSources.open("digits"), file, listener);
  }

  @Test
  void theLastCheckpointStaysAndTheRunGoesOnWithTheSameBits() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "no shell that limits the size of files");
    Path whole = folder.resolve("whole/run.safetensors");
    trainer(whole, TrainingListener.all(List.of())).run();
    Path file = folder.resolve("full/run.safetensors");
    Trainer[] stopped = new Trainer[1];
    stopped[0] = trainer(file, new TrainingListener() {
      @Override
      public void started(TrainingStart start) {}

      @Override
      public void step(TrainingProgress progress) {
        if (progress.step() == 17) {
          stopped[0].stop();
        }
      }

      @Override
      public void epoch(EpochReport report) {}
    });
    assertThat(stopped[0].run().stopped()).isTrue();
    byte[] before = Files.readAllBytes(file);
    String said = withoutRoom(file);
    assertThat(said).contains("InputProblem", file + ": cannot be written");
    assertThat(Files.readAllBytes(file)).isEqualTo(before);
    try (var files = Files.list(file.getParent())) {
      assertThat(files.map(f -> f.getFileName().toString())).as("nothing half written is left")
          .containsExactlyInAnyOrder("run.safetensors", "run.best.safetensors");
    }
    trainer(file, TrainingListener.all(List.of())).resume(file);
    assertThat(file).hasSameBinaryContentAs(whole);
  }

  /** The same program in a process that may write no file of more than 4 KiB; what it says as an error. */
  private static String withoutRoom(Path file) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("/bin/sh", "-c", "ulimit -f 8; exec \"$@\"", "sh",
        Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules=jdk.incubator.vector",
        "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp", System.getProperty("java.class.path"),
        KilledRun.class.getName(), file.toString()).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
    String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said).isNotZero();
    return said;
  }
}
