package org.dlm.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that has ended.
 *
 * @param exitCode 0 where it succeeded
 * @param output what it printed, both streams
 * @param peakMegabytes the largest resident memory of the process itself, where the system tells (Linux), else 0
 */
record Child(int exitCode, String output, double peakMegabytes) {
  private static final long POLL_MILLIS = 50;

  /** Runs a command to its end. */
  static Child run(List<String> command, Path folder) throws IOException {
    return run(command, folder, Map.of());
  }

  /** The same with more in the environment. */
  static Child run(List<String> command, Path folder, Map<String, String> environment) throws IOException {
    Path log = Files.createTempFile("benchmark", ".log");
    try {
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
          .redirectOutput(log.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      double peak = 0;
      while (!process.waitFor(POLL_MILLIS, java.util.concurrent.TimeUnit.MILLISECONDS)) {
        peak = Math.max(peak, peakMegabytes(process));
      }
      return new Child(process.exitValue(), Files.readString(log, StandardCharsets.UTF_8), peak);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + String.join(" ", command), e);
    } finally {
      Files.deleteIfExists(log);
    }
  }

  /** The kernel keeps the high-water mark, so polling misses only what the last few milliseconds add. */
  private static double peakMegabytes(Process process) {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/" + process.pid() + "/status"))) {
        if (line.startsWith("VmHWM:")) {
          return Double.parseDouble(line.replaceAll("\\D", "")) / 1024;
        }
      }
    } catch (IOException | NumberFormatException e) {
      // not Linux, or the process has just ended
    }
    return 0;
  }
}
