package org.dlm.tests.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher keeps to start faster never stands in the way. */
class LauncherTest {
  private static final Path TARGET = Path.of("..", "cli", "target");
  private static final String SMALL = Dlm.FILES.resolve("small.dlm").toString();

  @TempDir Path folder;

  @BeforeEach
  void packaged() {
    assumeTrue(Dlm.isBuilt(), "the command is tried out as it is packaged: run mvn verify");
  }

  @Test
  void anArchiveOfClassesThatIsRubbishIsOverlooked() throws IOException, InterruptedException {
    new Dlm(folder).run("compile", SMALL, "--classes", "classes").succeeds();
    Path archive = archives().getFirst();
    byte[] whole = Files.readAllBytes(archive);
    try {
      for (int size : new int[] {7, 5000, whole.length / 2}) {
        Files.write(archive, Arrays.copyOf(whole, size));
        assertThat(new Dlm(folder).run("check", SMALL).succeeds().err().lines().toList())
            .as("with %d bytes of the archive", size).containsExactly(SMALL + ": no errors", "models: Small");
      }
      Files.write(archive, new byte[whole.length]);
      assertThat(new Dlm(folder).run("compile", SMALL, "--classes", "classes").succeeds().err()).isEmpty();
    } finally {
      Files.write(archive, whole);
    }
  }

  @Test
  void severalProcessesMakeTheArchiveAtOnce() throws IOException, InterruptedException {
    for (Path old : archives()) {
      Files.delete(old);
    }
    List<Dlm> commands = new ArrayList<>();
    List<Process> running = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      commands.add(new Dlm(Files.createDirectory(folder.resolve("process" + i))));
      running.add(commands.get(i).start("compile", SMALL, "--classes", "classes"));
    }
    for (int i = 0; i < 3; i++) {
      assertThat(commands.get(i).finish(running.get(i)).succeeds().err()).isEmpty();
    }
    await(() -> archives().size() == 1);
    assertThat(new Dlm(folder).run("compile", SMALL, "--classes", "classes").succeeds().err()).isEmpty();
  }

  /** What a launcher renames when its Java has ended may take a moment longer than the Java. */
  private static void await(Callable<Boolean> condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    try {
      while (!condition.call()) {
        assertThat(System.nanoTime()).as("in time").isLessThan(end);
        Thread.sleep(20);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Finished ones and those that are being made. */
  private static List<Path> archives() throws IOException {
    try (var files = Files.list(TARGET)) {
      return files.filter(f -> f.getFileName().toString().contains(".jsa")).toList();
    }
  }
}
