package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.dlm.runtime.store.Checkpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C in the middle of {@code dlm train --log}: what the run leaves behind is whole, and the run goes on from it. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs kill")
class InterruptedTrainingTest {
  private static final String MODEL = """
      model Small {
        net = [flatten, Linear(10)]
        fn forward(x: [N, 1, 8, 8]) -> [N, 10] = net(x)
        fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
      }
      """;

  @TempDir Path folder;

  @Test
  void logAndCheckpointOfAnInterruptedRunAreWhole() throws Exception {
    Path model = Files.writeString(folder.resolve("small.dlm"), MODEL);
    Path log = folder.resolve("log");
    Path history = log.resolve("history.csv");
    Path weights = folder.resolve("w.safetensors");
    String[] train = {"train", model.toString(), "--data", "digits", "--out", weights.toString(), "--optimizer", "SGD(lr=0.001)"};
    String said = interrupted(history, Stream.concat(Stream.of(train),
        Stream.of("--epochs", "1000000", "--log", log.toString())).toArray(String[]::new));
    assertThat(said).contains("stopped in epoch ", "go on with --resume " + weights).doesNotContain("Exception", "error");

    List<String> rows = Files.readAllLines(history);
    for (int i = 1; i < rows.size(); i++) {
      assertThat(rows.get(i)).startsWith(i + ",");
      assertThat(rows.get(i).chars().filter(c -> c == ',').count()).isEqualTo(7);
    }
    Checkpoint position = Checkpoint.peek(weights);
    assertThat(position.epoch()).isEqualTo(rows.size() - 1);
    assertThat(DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(log.resolve("curves.svg").toFile())
        .getElementsByTagName("polyline").getLength()).isPositive();
    assertThat(ImageIO.read(log.resolve("curves.png").toFile()).getHeight()).isGreaterThan(400);
    assertThat(log.resolve("report.html")).content().contains("<h2>Epochs</h2>").endsWith("</body></html>\n");
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> left = files.filter(Files::isRegularFile).toList();
      assertThat(left.stream().map(f -> f.getFileName().toString())).as("nothing half written").hasSize(8)
          .containsAll(List.of("small.dlm", "w.safetensors", "w.best.safetensors", "history.csv", "report.html"));
      assertWhole(left.stream().filter(f -> f.toString().contains("tfevents")).findFirst().orElseThrow());
    }

    String next = Integer.toString(position.epoch() + 1);
    Spoken resumed = Spoken.dlm("train", model.toString(), "--data", "digits", "--resume", weights.toString(), "--epochs",
        next, "--history", history.toString());
    assertThat(resumed.code()).as(resumed.err()).isZero();
    assertThat(Files.readAllLines(history)).hasSize(rows.size() + 1).startsWith(rows.toArray(String[]::new)).last().asString()
        .startsWith(next + ",");
  }

  /** What the command says that is interrupted after its second epoch. */
  private static String interrupted(Path history, String... arguments) throws IOException, InterruptedException {
    Process run = new ProcessBuilder(Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "--add-modules=jdk.incubator.vector", "-cp", System.getProperty("java.class.path"), Main.class.getName()),
        Stream.of(arguments)).toList()).redirectErrorStream(true).start();
    try (BufferedReader out = run.inputReader()) {
      while (run.isAlive() && (!Files.exists(history) || Files.readAllLines(history).size() < 3)) {
        Thread.sleep(20);
      }
      new ProcessBuilder("kill", ignoresInterrupts(run) ? "-TERM" : "-INT", Long.toString(run.pid())).start().waitFor();
      String said = out.lines().collect(Collectors.joining("\n"));
      assertThat(run.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(run.exitValue()).as(said).isEqualTo(Main.INPUT_WRONG);
      return said;
    } finally {
      run.destroyForcibly();
    }
  }

  /** A build in the background ignores Ctrl-C, and its children inherit that; the request to end goes the same way. */
  private static boolean ignoresInterrupts(Process process) throws IOException {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    return Files.exists(status) && Files.readAllLines(status).stream().filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  /** A list of records, each between its length and a check sum. */
  private static void assertWhole(Path events) throws IOException {
    ByteBuffer data = ByteBuffer.wrap(Files.readAllBytes(events)).order(ByteOrder.LITTLE_ENDIAN);
    int records = 0;
    for (; data.hasRemaining(); records++) {
      int length = (int) data.getLong(data.position());
      assertThat(data.remaining()).isGreaterThanOrEqualTo(length + 16);
      data.position(data.position() + length + 16);
    }
    assertThat(records).isGreaterThan(3);
  }
}
