package org.dlm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The launcher as a user starts it, from some folder. */
public final class Dlm {
  private static final Path LAUNCHER = Path.of("..", "dlm").toAbsolutePath().normalize();
  static final Path FILES = Path.of("cli").toAbsolutePath();

  private final Path folder;

  public Dlm(Path folder) {
    this.folder = folder;
  }

  /** The launcher would start a build of its own where `mvn verify` has not packaged the command yet. */
  public static boolean isBuilt() {
    return Files.exists(LAUNCHER.resolveSibling("cli").resolve("target/dlm-built"));
  }

  /** What the command said and how it ended. */
  public record Run(List<String> command, int exitCode, String out, String err) {
    public Run succeeds() {
      assertThat(exitCode).as("exit code of " + this).isZero();
      return this;
    }

    /** One clear message with these parts, and nothing of Java in it. */
    public Run fails(int expectedExitCode, String... parts) {
      assertThat(exitCode).as("exit code of " + this).isEqualTo(expectedExitCode);
      assertThat(err).as("standard error of " + command).contains(parts)
          .doesNotContain("\tat ").doesNotContain("Exception").doesNotContain("java.");
      return this;
    }

    @Override
    public String toString() {
      return command + "\n--- out\n" + out + "\n--- err\n" + err;
    }
  }

  Process start(String... arguments) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(
        Stream.concat(Stream.of(LAUNCHER.toString()), Stream.of(arguments)).toList());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    // Tests leave the user's own folders alone.
    builder.environment().put("XDG_CACHE_HOME", Path.of("target", "cache").toAbsolutePath().toString());
    return builder.directory(folder.toFile()).redirectOutput(folder.resolve("out.txt").toFile())
        .redirectError(folder.resolve("err.txt").toFile()).start();
  }

  /**
   * Ctrl-C. A build that was started in the background ignores it, and its children inherit that: there the ordinary request
   * to end takes its place, which goes the same way.
   */
  static void interrupt(Process process) throws IOException, InterruptedException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    boolean ignored = Files.exists(status) && Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    new ProcessBuilder("kill", ignored ? "-TERM" : "-INT", Long.toString(process.pid())).start().waitFor();
  }

  Run finish(Process process, String... arguments) throws IOException, InterruptedException {
    if (!process.waitFor(10, TimeUnit.MINUTES)) {
      process.destroyForcibly();
    }
    int exitCode = process.waitFor();
    // what filters standard error for the launcher may end a moment after it
    process.descendants().forEach(p -> p.onExit().join());
    return new Run(List.of(arguments), exitCode, Files.readString(folder.resolve("out.txt")),
        Files.readString(folder.resolve("err.txt")));
  }

  public Run run(String... arguments) throws IOException, InterruptedException {
    return finish(start(arguments), arguments);
  }
}
