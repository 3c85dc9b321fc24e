package org.dlm.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.dlm.runtime.data.DataSources;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that is killed at random moments, again and again, ends with the bits of one that never was. */
class KilledRunTest {
  private static final int KILLS = 5;
  private static final int STEPS_OF_A_RUN = 96;

  @TempDir Path folder;

  @Test
  void killedAtRandomMomentsItGoesOnWithTheSameBits() throws Exception {
    Path whole = folder.resolve("whole/run.safetensors");
    KilledRun.recipe().trainer(DataSources.open("digits"), whole, TrainingListener.all(java.util.List.of())).run();
    Path killed = folder.resolve("killed/run.safetensors");
    long seed = System.nanoTime();
    Random random = new Random(seed);
    int kills = 0;
    for (boolean done = false; !done; ) {
      // After so many lines, and then at any moment of the step, of the test or of the writing of the checkpoint.
      int lines = kills < KILLS ? 1 + random.nextInt(STEPS_OF_A_RUN / KILLS) : Integer.MAX_VALUE;
      done = run(killed, lines, random.nextInt(3_000_000));
      kills += done ? 0 : 1;
    }
    assertThat(kills).as("seed " + seed).isEqualTo(KILLS);
    for (String name : new String[] {"run.safetensors", "run.best.safetensors"}) {
      assertThat(killed.resolveSibling(name)).as(name + ", seed " + seed)
          .hasSameBinaryContentAs(whole.resolveSibling(name));
    }
    try (var files = Files.list(killed.getParent())) {
      assertThat(files).as("nothing half written is left").hasSize(2);
    }
  }

  /** Starts the program and kills it some time after it said so many lines; whether it came to its end. */
  private static boolean run(Path file, int lines, int nanos) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector", "-XX:TieredStopAtLevel=1", "-cp", System.getProperty("java.class.path"),
        KilledRun.class.getName(), file.toString()).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader()) {
      String last = null;
      for (int i = 0; i < lines; i++) {
        String line = out.readLine();
        if (line == null) {
          break;
        }
        last = line;
      }
      for (long end = System.nanoTime() + nanos; lines < Integer.MAX_VALUE && System.nanoTime() < end; ) {
        Thread.onSpinWait();
      }
      if (lines < Integer.MAX_VALUE) {
        // through the handle, which leaves the stream open for what was said last
        process.toHandle().destroyForcibly();
      }
      process.waitFor();
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        last = line;
      }
      return "done".equals(last);
    } finally {
      process.destroyForcibly();
    }
  }
}
