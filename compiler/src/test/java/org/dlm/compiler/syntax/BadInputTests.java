package org.dlm.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BadInputTests {
  @TempDir
  Path folder;

  private static List<Diagnostic> parse(String text) {
    Diagnostics diagnostics = new Diagnostics();
    assertThat(Parse.file(new SourceFile("a.dlm", text), diagnostics)).isNotNull();
    diagnostics.all().forEach(d -> assertThat(Render.text(d, true)).isNotEmpty());
    return diagnostics.all();
  }

  static Stream<String> deepTexts() {
    int n = 10_000;
    return Stream.of(
        "const a = " + "(".repeat(n) + "1" + ")".repeat(n),
        "const a = " + "[".repeat(n) + "]".repeat(n),
        "const a = " + "(".repeat(n),
        "const a = " + "- ".repeat(n) + "1",
        "const a = " + "not ".repeat(n) + "b",
        "const a = " + "1 + ".repeat(n) + "1",
        "const a = " + "2 ** ".repeat(n) + "1",
        "const a = " + "if b then 1 else ".repeat(n) + "1",
        "const a = " + "f(".repeat(n) + ")".repeat(n),
        "const a = b" + "()".repeat(n),
        "const a = b" + ".c".repeat(n),
        "const a = b" + " |> c".repeat(n),
        "fn a(b: " + "(".repeat(n) + "int" + ")".repeat(n) + ") = 1",
        "fn a() {" + "if b { ".repeat(n) + "}".repeat(n) + "}",
        "fn a() {" + " if b { } else".repeat(n) + " { } }",
        "fn a() {" + " for b in c { ".repeat(n) + "}".repeat(n) + "}",
        "layer A {" + "if b { ".repeat(n) + "}".repeat(n) + "}",
        "layer A {" + " if b { } else".repeat(n) + " { } }");
  }

  @ParameterizedTest
  @MethodSource("deepTexts")
  void deepNestingIsOneErrorAndTheRestIsRead(String deep) {
    Diagnostics diagnostics = new Diagnostics();
    Syntax.File file = Parse.file(new SourceFile("a.dlm", deep + "\nlayer Next = relu\n"), diagnostics);
    assertThat(diagnostics.all()).singleElement().satisfies(d -> assertThat(d.message()).contains("nested too deeply"));
    assertThat(file.declarations().getLast().name().name()).isEqualTo("Next");
  }

  @Test
  void nestingThatPeopleWriteIsFine() {
    int n = 80;
    assertThat(parse("const a = " + "(".repeat(n) + "1" + ")".repeat(n))).isEmpty();
    assertThat(parse("const a = " + "1 + ".repeat(200) + "1")).isEmpty();
    assertThat(parse("layer A = [" + "relu, ".repeat(20_000) + "]")).isEmpty();
  }

  @Test
  void aHugeFileIsOneErrorAtOnce() {
    String huge = "layer A = [relu]\n".repeat(600_000);
    Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () ->
        assertThat(parse(huge)).singleElement().satisfies(d -> assertThat(d.message()).contains("too large")));
  }

  @Test
  void rubbishGivesFewErrorsAndNoException() {
    Random random = new Random(7);
    byte[] bytes = new byte[200_000];
    random.nextBytes(bytes);
    assertThat(parse(new String(bytes, StandardCharsets.ISO_8859_1))).hasSizeBetween(1, 3);
    assertThat(parse("\u0000".repeat(100_000))).singleElement().satisfies(d -> assertThat(d.code()).isEqualTo(Code.E0103));
    assertThat(parse("\ud800")).hasSize(1);
    assertThat(parse("word ".repeat(20_000))).hasSize(1);
    assertThat(parse("")).isEmpty();
    assertThat(parse(" \n\t\n")).isEmpty();
  }

  @Test
  void aBrokenDeclarationKeepsItsName() {
    Diagnostics diagnostics = new Diagnostics();
    Syntax.File file = Parse.file(new SourceFile("a.dlm", """
        layer A(x: int = ) = relu
        fn f(x: [N) = x
        const c = +
        model M = A(
        layer Good = relu
        """), diagnostics);
    assertThat(diagnostics.all()).hasSize(4);
    assertThat(file.declarations()).extracting(d -> d.name().name()).containsExactly("A", "f", "c", "M", "Good");
    assertThat(((Syntax.Layer) file.declarations().get(0)).stages()).isInstanceOf(Syntax.Broken.class);
    assertThat(((Syntax.Fn) file.declarations().get(1)).value()).isInstanceOf(Syntax.Broken.class);
    assertThat(((Syntax.Const) file.declarations().get(2)).value()).isInstanceOf(Syntax.Broken.class);
    assertThat(((Syntax.Model) file.declarations().get(3)).value()).isInstanceOf(Syntax.Broken.class);
  }

  // ------------------------------------------------------------------------------------------------ from the disk

  private Diagnostic unreadable(Path path) {
    Diagnostics diagnostics = new Diagnostics();
    assertThat(ReadSource.read(path, diagnostics)).isEmpty();
    assertThat(diagnostics.all()).hasSize(1);
    Diagnostic only = diagnostics.all().getFirst();
    assertThat(only.code()).isEqualTo(Code.E0109);
    assertThat(Render.text(only, false)).contains(path.toString());
    return only;
  }

  @Test
  void readsUtf8() throws IOException {
    Path path = Files.writeString(folder.resolve("a.dlm"), "// é 😀\nlayer A = relu\n");
    Diagnostics diagnostics = new Diagnostics();
    SourceFile file = ReadSource.read(path, diagnostics).orElseThrow();
    assertThat(file.text()).isEqualTo("// é 😀\nlayer A = relu\n");
    assertThat(file.name()).isEqualTo(path.toString());
    assertThat(diagnostics.all()).isEmpty();
  }

  @Test
  void saysWhyAFileCannotBeRead() throws IOException {
    Files.writeString(folder.resolve("lenet.dlm"), "");
    Diagnostic missing = unreadable(folder.resolve("lennet.dlm"));
    assertThat(missing.message()).startsWith("there is no file");
    assertThat(missing.helps().getFirst().text()).isEqualTo("did you mean `lenet.dlm`?");
    assertThat(unreadable(folder.resolve("none").resolve("a.dlm")).helps()).isEmpty();
    assertThat(unreadable(folder).message()).contains("is a folder");
    assertThat(unreadable(folder).helps().getFirst().text()).contains("lenet.dlm");
    Path latin = Files.write(folder.resolve("latin.dlm"), "layer A\n// \u00e9t\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(unreadable(latin)).satisfies(d -> {
      assertThat(d.message()).contains("is not UTF-8");
      assertThat(d.primary().span().line()).isEqualTo(2);
      assertThat(d.primary().span().column()).isEqualTo(4);
    });
    Path utf16 = Files.write(folder.resolve("utf16.dlm"), "layer A = relu".getBytes(StandardCharsets.UTF_16));
    assertThat(unreadable(utf16).message()).contains("is UTF-16");
    Path binary = Files.write(folder.resolve("binary.dlm"), new byte[] {'P', 'K', 0, 0, 1, 2});
    assertThat(unreadable(binary).message()).contains("is not a text file");
    Path huge = Files.write(folder.resolve("huge.dlm"), new byte[10_000_000]);
    assertThat(unreadable(huge).message()).contains("too large");
  }
}
