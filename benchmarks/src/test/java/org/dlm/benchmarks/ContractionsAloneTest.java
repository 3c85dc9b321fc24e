package org.dlm.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Which contractions of a model are found and shown, whatever they take. */
class ContractionsAloneTest {
  private static final String MODEL = """
      model Small {
        net = [Conv2d(4, 3), flatten, Linear(5)]
        fn loss(x: [N, 2, 6, 6]) -> [] = sum(net(x))
      }
      """;

  @TempDir private Path folder;

  private int run(ByteArrayOutputStream shown, String... more) throws IOException {
    Path file = Files.writeString(folder.resolve("small.dlm"), MODEL);
    String[] arguments = new String[more.length + 5];
    System.arraycopy(new String[] {file.toString(), "--warm-up", "0", "--millis", "1"}, 0, arguments, 0, 5);
    System.arraycopy(more, 0, arguments, 5, more.length);
    PrintStream before = System.out;
    System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
    try {
      return new CommandLine(new ContractionsAlone()).execute(arguments);
    } finally {
      System.setOut(before);
    }
  }

  @Test
  void everyContractionOfATrainingStepIsTimed() throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    assertThat(run(shown, "--dims", "N=3")).isZero();
    String text = shown.toString(StandardCharsets.UTF_8);
    assertThat(text).contains("batch [3] rows [4] columns [4, 4] depth [2, 3, 3]");
    assertThat(text.lines().filter(line -> line.contains(" depth ")).count()).isEqualTo(5);
    assertThat(text).contains("us in contractions");
  }

  @Test
  void onlyThoseOfAnInference() throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    assertThat(run(shown, "--infer")).isZero();
    assertThat(shown.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(" depth ")).count())
        .isEqualTo(2);
  }

  @Test
  void aFunctionThatIsNotThereIsNamed() throws IOException {
    assertThat(run(new ByteArrayOutputStream(), "--fn", "other")).isEqualTo(1);
  }
}
