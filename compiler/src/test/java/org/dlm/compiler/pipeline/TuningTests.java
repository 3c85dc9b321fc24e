package org.dlm.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dlm tune} measured: as text, and in the Java of the model it was measured for. */
class TuningTests {
  @TempDir Path folder;

  private static final String MODEL = """
      package demo

      model Net {
        hidden = Linear(128)

        fn forward(x: [N, 64]) -> [N, 128] = hidden(x)
      }
      """;

  private static final Tuning ONE = new Tuning("Net", "0123abcd", "A Processor, 256-bit vectors", Map.of(), Map.of())
      .with("row 64, column 128, depth 64, places 01ab", "tiles, both packed", "0.010 ms, before 0.020 (one row)");

  @Test
  void textIsReadBack() throws IOException {
    Tuning two = new Tuning("Other", "ffff0000", "B", Map.of(), Map.of()).with("row 1, places 0", "one row", "");
    assertThat(Tuning.parse(Tuning.text(List.of(ONE, two)))).containsExactly(ONE, two);
    assertThat(Tuning.parse("")).isEmpty();
    assertThat(Tuning.read(folder.resolve("none.tune"))).isEmpty();
    assertThat(Tuning.beside(Path.of("a/lenet.dlm"))).isEqualTo(Path.of("a/lenet.tune"));
  }

  @Test
  void otherTextIsRefusedWithItsLine() {
    assertThatThrownBy(() -> Tuning.parse("# fine\n\nmodel\n")).hasMessageContaining("line 3");
    assertThatThrownBy(() -> Tuning.parse("row 1 = one row\n")).hasMessageContaining("line 1");
    assertThatThrownBy(() -> Tuning.parse("model A 1\nrubbish\n")).hasMessageContaining("line 2");
  }

  @Test
  void measurementsGoIntoTheModelTheyHoldFor() throws IOException {
    Result without = compile();
    assertThat(java(without)).contains("new Workspace()").doesNotContain("CHOICES");
    String products = WriteJava.products(without.models().getFirst());
    write(new Tuning("Net", products, ONE.machine(), ONE.routes(), ONE.notes()));
    Result with = compile();
    assertThat(with.diagnostics()).isEmpty();
    assertThat(java(with)).contains("new Workspace(CHOICES)").contains("Choices.measuredOn(\"A Processor, 256-bit vectors\"")
        .contains("\"row 64, column 128, depth 64, places 01ab\", \"tiles, both packed\"");
  }

  @Test
  void aModelThatHasChangedIsCompiledWithoutThem() throws IOException {
    write(ONE);
    Result result = compile();
    assertThat(result.diagnostics().stream().map(Diagnostic::code)).containsExactly(Code.W0907);
    assertThat(result.diagnostics().getFirst().message()).contains("net.tune", "`Net` has changed");
    assertThat(java(result)).doesNotContain("CHOICES");
  }

  @Test
  void aFileOfSomethingElseIsNamed() throws IOException {
    Files.writeString(folder.resolve("net.tune"), "a melody\n");
    Result result = compile();
    assertThat(result.diagnostics().stream().map(Diagnostic::code)).containsExactly(Code.W0907);
    assertThat(result.diagnostics().getFirst().message()).contains("net.tune", "line 1");
    assertThat(java(result)).isNotEmpty();
  }

  private void write(Tuning tuning) throws IOException {
    Files.writeString(folder.resolve("net.tune"), Tuning.text(List.of(tuning)));
  }

  private Result compile() throws IOException {
    return Compiler.compile(List.of(Files.writeString(folder.resolve("net.dlm"), MODEL)), Options.DEFAULT);
  }

  private static String java(Result result) {
    return result.files().getFirst().text();
  }
}
