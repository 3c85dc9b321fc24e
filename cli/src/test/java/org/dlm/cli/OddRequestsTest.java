package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dlm.cli.Spoken.dlm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people type by mistake, or because their folders are called like that. */
class OddRequestsTest {
  private static final String MODEL = """
      model Small {
        net = [flatten, Linear(10)]
        fn forward(x: [N, 1, 8, 8]) -> [N, 10] = net(x)
        fn loss(x: [N, 1, 8, 8], label: i32[N]) -> [] = net(x) |> cross_entropy(label)
      }
      """;

  @TempDir static Path folder;

  private static String model;

  @BeforeAll
  static void write() throws IOException {
    Path odd = Files.createDirectories(folder.resolve("mein Ordner & größer"));
    model = Files.writeString(odd.resolve("modell 1.dlm"), MODEL).toString();
  }

  private static Spoken train(String... more) {
    String[] all = new String[6 + more.length];
    System.arraycopy(new String[] {"train", model, "--data", "digits", "--epochs", "1"}, 0, all, 0, 6);
    System.arraycopy(more, 0, all, 6, more.length);
    return dlm(all);
  }

  private static String file(String name) {
    return folder.resolve(name).toString();
  }

  @Test
  void nothingOfAUsersIsWrittenOver() throws IOException {
    assertThat(train("--out", model).err()).contains("is a model file by its name");
    assertThat(dlm("export", model, "-o", model).err()).contains("is a model file by its name");
    assertThat(train("--report", model).err()).contains("is a model file by its name");
    assertThat(Path.of(model)).hasContent(MODEL);
    Path notes = Files.writeString(folder.resolve("notes.txt"), "what I must not forget");
    assertThat(train("--out", notes.toString()).err()).contains("notes.txt is there already and holds no weights");
    assertThat(notes).hasContent("what I must not forget");
    assertThat(train("--out", folder.toString()).err()).contains("is a directory; a file is to be written there");
    assertThat(train("--out", "").err()).contains("a file to write has no name");
  }

  @Test
  void namesWithSpacesAndLettersOfOtherLanguages() {
    String log = file("mein Ordner & größer/log für alle");
    Spoken spoken = train("--out", file("mein Ordner & größer/gewichte ß.safetensors"), "--log", log, "--seed", "-5",
        "--batch", "100000");
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.err()).contains("a batch of 100000 is more than the 1438 examples");
    assertThat(Path.of(log, "report.html")).content().contains("größer");
    assertThat(dlm("train", model, "--data", "digits", "--epochs", "2", "--resume",
        file("mein Ordner & größer/gewichte ß.safetensors")).code()).isZero();
  }

  @Test
  void numbersThatMakeNoSense() {
    assertThat(train("--threads", "100000")).satisfies(s -> {
      assertThat(s.code()).isEqualTo(2);
      assertThat(s.err()).contains("from 1 to 1024");
    });
    assertThat(dlm("train", model, "--data", "digits,augment=crop(8)").err())
        .contains("may move the whole image out of sight", "8 pixels");
    for (String wrong : new String[] {"crop(-1)", "rotate(x)", "mixup(-0.2)", "mask_time(3)"}) {
      assertThat(dlm("train", model, "--data", "digits,augment=" + wrong)).satisfies(s -> {
        assertThat(s.code()).as(wrong).isEqualTo(1);
        assertThat(s.err()).contains("augment");
      });
    }
  }
}
