package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.dlm.cli.Spoken.dlm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Tuning;
import org.dlm.compiler.pipeline.WriteJava;
import org.dlm.runtime.kernel.ThisMachine;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is fastest is up to the machine; what is said and written is not. */
class TuneCommandTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("net.dlm"), """
        package demo

        model Net {
          conv = Conv2d(4, 3, padding = 1)
          head = Linear(5)

          fn forward(x: [N, 2, 6, 6]) -> [N, 5] = x |> conv |> relu |> flatten |> head

          fn loss(x: [N, 2, 6, 6], label: i32[N]) -> [] = forward(x) |> cross_entropy(label)
        }
        """);
  }

  @Test
  void measuresAndSaysWhatCameOfIt() throws IOException {
    Spoken spoken = dlm("tune", file.toString(), "--dims", "N=4", "--seconds", "1");
    assertThat(spoken.code()).as(spoken.err()).isZero();
    assertThat(spoken.err()).containsPattern("\\d+ products, \\d+ ways to run them").contains(ThisMachine.NAME);
    if (Files.exists(folder.resolve("net.tune"))) {
      assertThat(spoken.out()).contains("written: ");
      assertThat(Tuning.read(folder.resolve("net.tune")).getFirst().routes()).isNotEmpty();
      assertThat(dlm("summary", file.toString()).out()).contains("net.tune").contains("; used");
    } else {
      assertThat(spoken.out()).contains("nothing is faster than the usual way; no file is written");
    }
  }

  @Test
  void whatWasMeasuredElsewhereIsToldInOneLine() throws IOException {
    measured("A Processor, 64-bit vectors");
    Spoken spoken = dlm("bench", file.toString(), "--dims", "N=2", "--seconds", "0.01");
    assertThat(spoken.err().lines().filter(line -> line.startsWith("note: net.tune")))
        .singleElement().asString().contains("not used", "A Processor, 64-bit vectors", ThisMachine.NAME);
    assertThat(dlm("summary", file.toString()).out()).contains("net.tune: the fastest way of 1 product was measured on")
        .contains("; not used, it was measured on A Processor");
  }

  @Test
  void whatWasMeasuredHereIsUsed() throws IOException {
    measured(ThisMachine.NAME);
    Spoken spoken = dlm("bench", file.toString(), "--dims", "N=2", "--seconds", "0.01");
    assertThat(spoken.code()).isZero();
    assertThat(spoken.err()).doesNotContain("net.tune");
    assertThat(dlm("summary", file.toString()).out()).contains("on " + ThisMachine.NAME + "; used");
    assertThat(dlm("inspect", file.toString(), "--stage", "java").out()).contains("CHOICES").contains("one row");
  }

  @Test
  void measurementsAtOtherDimsStay() throws IOException {
    measured(ThisMachine.NAME);
    dlm("tune", file.toString(), "--dims", "N=4", "--seconds", "0.5");
    assertThat(Tuning.read(folder.resolve("net.tune")).getFirst().routes()).containsEntry("row 1, places 0", "one row");
  }

  @Test
  void aFileOfSomethingElseIsNotOverwritten() throws IOException {
    Files.writeString(folder.resolve("net.tune"), "a melody\n");
    Spoken spoken = dlm("tune", file.toString(), "--seconds", "0.1");
    assertThat(spoken.code()).isEqualTo(1);
    assertThat(spoken.err()).contains("net.tune", "line 1");
    assertThat(Files.readString(folder.resolve("net.tune"))).isEqualTo("a melody\n");
  }

  private void measured(String machine) throws IOException {
    String products = WriteJava.products(Compiler.check(List.of(file), Options.DEFAULT).models().getFirst());
    Files.writeString(folder.resolve("net.tune"), Tuning.text(List.of(
        new Tuning("Net", products, machine, Map.of(), Map.of()).with("row 1, places 0", "one row", ""))));
  }
}
