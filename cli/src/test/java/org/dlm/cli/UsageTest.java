package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dlm.cli.Spoken.dlm;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {
  @TempDir Path folder;

  @Test
  void wrongUsageIsAnsweredWithTheUsageAndCode2() {
    assertThat(dlm()).satisfies(s -> {
      assertThat(s.code()).isEqualTo(2);
      assertThat(s.err()).contains("which command?", "train", "bench");
    });
    assertThat(dlm("trian", "x.dlm")).satisfies(s -> {
      assertThat(s.code()).isEqualTo(2);
      assertThat(s.err()).contains("`trian` (did you mean `train`?)");
    });
    assertThat(dlm("train", "x.dlm", "--data", "digits", "--epoch", "3")).satisfies(s -> {
      assertThat(s.code()).isEqualTo(2);
      assertThat(s.err()).contains("did you mean `--epochs`?");
    });
    assertThat(dlm("check").code()).isEqualTo(2);
    assertThat(dlm("train", "x.dlm").err()).contains("--data");
    assertThat(dlm("train", "x.dlm", "--data", "digits", "--epochs", "many").code()).isEqualTo(2);
    assertThat(dlm("train", "x.dlm", "--data", "digits", "--batch", "few").err()).contains("--batch few");
    assertThat(dlm("train", "x.dlm", "--data", "digits", "--threads", "0").code()).isEqualTo(2);
    assertThat(dlm("inspect", "x.dlm", "--stage", "grpah")).satisfies(s -> {
      assertThat(s.code()).isEqualTo(2);
      assertThat(s.err()).contains("did you mean `graph`?");
    });
    assertThat(dlm("run", "x.dlm", "--inputs", "a", "--outputs", "b", "--steps", "3").err()).contains("--steps needs --optimizer");
  }

  @Test
  void helpIsNoError() {
    assertThat(dlm("--help").code()).isZero();
    assertThat(dlm("train", "--help")).satisfies(s -> {
      assertThat(s.code()).isZero();
      assertThat(s.out()).contains("mnist:DIR");
    });
    assertThat(dlm("--version").out()).contains("dlm", "Java 25");
  }

  @Test
  void filesThatCannotBeReadAreNamed() throws Exception {
    Path rubbish = Files.write(folder.resolve("rubbish.dlm"), new byte[] {0, 1, (byte) 0xFF, (byte) 0xFE, 7});
    Path large = Files.write(folder.resolve("large.dlm"), new byte[10 << 20]);
    for (String file : new String[] {folder.resolve("none.dlm").toString(), folder.toString(), rubbish.toString(), large.toString()}) {
      for (String[] command : new String[][] {{"check", file}, {"summary", file}, {"train", file, "--data", "digits"},
          {"compile", file, "-o", folder.resolve("out").toString()}}) {
        assertThat(dlm(command)).satisfies(s -> {
          assertThat(s.code()).isEqualTo(1);
          assertThat(s.err()).contains(file);
        });
      }
    }
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void errorsAsJson() {
    assertThat(dlm("check", "--json", folder.resolve("none.dlm").toString())).satisfies(s -> {
      assertThat(s.code()).isEqualTo(1);
      assertThat(s.out()).startsWith("{").contains("\"code\":");
    });
  }

  @Test
  void explainsCodes() {
    assertThat(dlm("explain").out()).contains("E0301", "W904");
    assertThat(dlm("explain", "e0310").out()).contains("E0310");
    assertThat(dlm("explain", "E0999")).satisfies(s -> {
      assertThat(s.code()).isEqualTo(1);
      assertThat(s.err()).contains("there is no code `E0999`");
    });
  }
}
