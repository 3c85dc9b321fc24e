package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code dlm sample} of models that carry what they have seen in a {@code step}, beside the same models without one. */
class CarriedTextTest {
  private static final String ZOO = "../stdlib-models/src/main/dlm";

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"CharGpt(vocabulary = 8, context = 48, d = 16, heads = 2, depth = 2)",
      "CharReader(\"lstm\", vocabulary = 8, d = 8, hidden = 16, layers = 2)",
      "CharReader(\"gru\", vocabulary = 8, d = 8, hidden = 16)"})
  void aModelThatCarriesItsStateWritesWhatItWritesWithoutOne(String layer) throws IOException {
    Files.writeString(folder.resolve("text.txt"), "fade a bad cab\nface a bed\n".repeat(40));
    String model = Files.writeString(folder.resolve("model.dlm"), """
        package trial
        import text.{CharGpt, CharReader}
        model Carried = %s
        model Plain {
          net = %s
          fn forward(ids: i32[N, T]) -> [N, T, 8] = net(ids)
        }
        """.formatted(layer, layer)).toString();
    String weights = folder.resolve("w.safetensors").toString();
    assertThat(Spoken.dlm("train", model, "--path", ZOO, "--model", "Carried", "--steps", "30", "--optimizer", "Adam(lr=0.01)",
        "--data", "text:" + folder.resolve("text.txt") + ",sequence=40", "--out", weights).code()).isZero();
    String table = Files.writeString(folder.resolve("names.txt"), "* -> net.*\n").toString();
    // No more than the 40 tokens of the window, so both look at the same.
    String carried = sample(model, "Carried", weights, "--count", "30").out();
    assertThat(carried).hasSize(34).startsWith("bad")
        .isEqualTo(sample(model, "Plain", weights, "--rename", table, "--count", "30").out());
    assertThat(sample(model, "Carried", weights, "--count", "100", "--window", "8").out()).hasSize(104);
    if (layer.startsWith("CharGpt")) {
      assertThat(sample(model, "Carried", weights, "--window", "49").err()).contains("sequence longer than the context window");
    }
  }

  private static Spoken sample(String model, String name, String weights, String... options) {
    String[] all = new String[options.length + 10];
    System.arraycopy(new String[] {"sample", model, "--path", ZOO, "--model", name, "--weights", weights, "--prompt", "bad"},
        0, all, 0, 10);
    System.arraycopy(options, 0, all, 10, options.length);
    return Spoken.dlm(all);
  }
}
