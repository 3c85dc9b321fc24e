package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code dlm compare}: same start, a row and a curve for each run. */
class CompareCommandTest {
  private static final String MODEL = """
      model Small {
        net = [flatten, Linear(10)]
        fn forward(x: [N, 1, 8, 8]) -> [N, 10] = net(x)
        fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
      }
      """;

  @TempDir Path folder;

  private Spoken compare(String... options) throws IOException {
    Path model = Files.writeString(folder.resolve("small.dlm"), MODEL);
    String[] all = Arrays.copyOf(new String[] {"compare", model.toString(), "--data", "digits", "--warm-up", "0", "--out",
        folder.resolve("out").toString()}, 8 + options.length);
    System.arraycopy(options, 0, all, 8, options.length);
    return Spoken.dlm(all);
  }

  @Test
  void allRunsBeginAlikeAndAreTold() throws IOException {
    Spoken spoken = compare("--optimizers", "SGD(lr=0.1, momentum=0.9), Adam", "--rates", "0.01,cosine(0.02)", "--epochs",
        "3", "--seed", "5");
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.out()).contains("| run", "| SGD(lr=0.1, momentum=0.9), 0.01 ", "| Adam, cosine(0.02)");
    List<String> steps = Files.readAllLines(folder.resolve("out/trajectories.csv")).stream()
        .filter(line -> line.matches(".*,1,[0-9.]+,[0-9.]+")).toList();
    assertThat(steps).hasSize(4).first().asString().startsWith("\"SGD(lr=0.1, momentum=0.9), 0.01\",1,");
    assertThat(steps.stream().map(line -> line.substring(line.lastIndexOf(',') + 1)).distinct())
        .as("the loss of the first batch").hasSize(1);
    assertThat(Files.readAllLines(folder.resolve("out/comparison.csv"))).hasSize(5);
    assertThat(folder.resolve("out/comparison.svg")).exists();
    assertThat(folder.resolve("out/adam-0.01.safetensors")).exists();
  }

  @Test
  void aRunThatDivergesIsARow() throws IOException {
    Spoken spoken = compare("--optimizers", "SGD(lr=1e38),SGD(lr=0.1)", "--epochs", "2", "--to-loss", "1.9");
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.out()).contains("steps to loss 1.9", "diverged");
  }

  @Test
  void oneIsNoComparison() throws IOException {
    assertThat(compare("--optimizers", "Adam").err()).contains("nothing to compare");
    assertThat(compare("--optimizers", "Adam,Adam").err()).contains("named twice");
    assertThat(compare("--optimizers", "Adam,Adm").err()).contains("there is no optimizer `Adm`");
    assertThat(CompareCommand.split("A(x=1, y=[2,3]), B,,C")).containsExactly("A(x=1, y=[2,3])", "B", "C");
  }
}
