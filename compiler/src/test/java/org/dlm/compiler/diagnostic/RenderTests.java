package org.dlm.compiler.diagnostic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.source.Span;
import org.junit.jupiter.api.Test;

class RenderTests {
  private static final SourceFile LENET = new SourceFile("vision/lenet.dlm", """
      package vision

      layer LeNet5 = [
        Conv2d(6, 5), tanh, AvgPool2d(2),
        Conv2d(16, 5), AvgPool2d(2),
        flatten,
        Linear(120, in = 400), tanh,
      ]
      """);

  private static Span find(SourceFile file, String text) {
    int at = file.text().indexOf(text);
    return new Span(file, at, at + text.length());
  }

  @Test
  void showsLinesInOrderWithTheShapesOnTheWay() {
    Diagnostic diagnostic = Diagnostic.of(Code.E0301, find(LENET, "Linear(120, in = 400)"),
            "`Linear` expects 400 features, the pipe delivers 256")
        .label("`in = 400` is fixed here")
        .also(find(LENET, "Conv2d(6, 5)"), "28 → 24 here: (28 + 2·0 − 1·(5 − 1) − 1) / 1 + 1")
        .trace(List.of(
            new Diagnostic.TraceLine("input", "[N, 1, 28, 28]", "", false),
            new Diagnostic.TraceLine("Conv2d(6, 5)", "[N, 6, 24, 24]", "", false),
            new Diagnostic.TraceLine("flatten", "[N, 256]", "16 · 4 · 4", false),
            new Diagnostic.TraceLine("Linear(120)", "needs [..., 400]", "", true)))
        .help("leave `in` out and it is inferred:  Linear(120)")
        .whileBuilding(List.of("while building `net` of model `Mnist` (lenet.dlm:12)"))
        .build();
    assertThat(Render.text(diagnostic, false)).isEqualTo("""
        error[E0301]: `Linear` expects 400 features, the pipe delivers 256
          --> vision/lenet.dlm:7:3
           |
         4 |   Conv2d(6, 5), tanh, AvgPool2d(2),
           |   ------------ 28 → 24 here: (28 + 2·0 − 1·(5 − 1) − 1) / 1 + 1
           …
         7 |   Linear(120, in = 400), tanh,
           |   ^^^^^^^^^^^^^^^^^^^^^ `in = 400` is fixed here
           |
           = shapes along the list
               input                [N, 1, 28, 28]
               Conv2d(6, 5)         [N, 6, 24, 24]
               flatten              [N, 256]            16 · 4 · 4
             ▸ Linear(120)          needs [..., 400]
           = help: leave `in` out and it is inferred:  Linear(120)
           = while building `net` of model `Mnist` (lenet.dlm:12)      dlm explain E0301
        """);
  }

  @Test
  void hangsTheLabelsOfOneLineUnderTheirMarks() {
    SourceFile file = new SourceFile("attention.dlm", """
        layer A {
          fn forward(q: [N, T, d], kv: [N, S, d]) -> [N, T, d] {
            values = kv
            return q + values
          }
        }
        """);
    Span t = find(file, "T");
    Span s = find(file, "S");
    Diagnostic diagnostic = Diagnostic.of(Code.E0303, find(file, "q + values"), "cannot prove T == S")
        .label("[N, T, d] + [N, S, d]")
        .also(t, "T is bound here, at run time")
        .also(s, "S is bound here, at run time")
        .note("facts")
        .help("write `require T == S`")
        .build();
    assertThat(Render.text(diagnostic, false)).isEqualTo("""
        error[E0303]: cannot prove T == S
          --> attention.dlm:4:12
           |
         2 |   fn forward(q: [N, T, d], kv: [N, S, d]) -> [N, T, d] {
           |                     -              - S is bound here, at run time
           |                     |
           |                     T is bound here, at run time
         3 |     values = kv
         4 |     return q + values
           |            ^^^^^^^^^^ [N, T, d] + [N, S, d]
           = note: facts
           = help: write `require T == S`
           = dlm explain E0303
        """);
  }

  @Test
  void keepsThePrimaryMarkVisibleInsideAnother() {
    SourceFile file = new SourceFile("a.dlm", "\tx = f(a, b)\r\n");
    Diagnostic diagnostic = Diagnostic.of(Code.W0902, find(file, "a"), "odd")
        .label("here")
        .also(find(file, "f(a, b)"), "call")
        .build();
    assertThat(Render.text(diagnostic, false)).isEqualTo("""
        warning[W902]: odd
          --> a.dlm:1:8
           |
         1 |     x = f(a, b)
           |         --^----
           |         | |
           |         | here
           |         call
           = dlm explain W902
        """);
  }

  @Test
  void showsPlacesInOtherFilesAndEmptyPlaces() {
    SourceFile other = new SourceFile("other.dlm", "\n\n\n\n\n\n\n\n\nfn f() = 1\n");
    Diagnostic diagnostic = Diagnostic.of(Code.E0202, new Span(LENET, 14, 14), "declared twice")
        .also(find(other, "f()"), "first here")
        .build();
    assertThat(Render.text(diagnostic, false)).isEqualTo("""
        error[E0202]: declared twice
           --> vision/lenet.dlm:1:15
            |
          1 | package vision
            |               ^
           ::: other.dlm:10:4
            |
         10 | fn f() = 1
            |    --- first here
            = dlm explain E0202
        """);
  }

  @Test
  void cutsLongLinesAroundTheMark() {
    SourceFile file = new SourceFile("long.dlm", "x".repeat(5000) + "HERE" + "\u0000".repeat(5000));
    String text = Render.text(Diagnostic.of(Code.E0103, find(file, "HERE"), "odd").label("odd").build(), false);
    assertThat(text.lines()).allMatch(line -> line.length() < 180);
    assertThat(text).contains("xHERE\ufffd").contains("^^^^ odd").doesNotContain("\u0000");
    List<String> lines = text.lines().toList();
    assertThat(lines.get(4).indexOf("^^^^")).isEqualTo(lines.get(3).indexOf("HERE"));
  }

  @Test
  void coloursAddNothingButColours() {
    Diagnostic diagnostic = Diagnostic.of(Code.E0203, find(LENET, "in"), "no parameter").label("did you mean `on`?")
        .also(find(LENET, "Linear"), "of this").help("h").note("n").build();
    String coloured = Render.text(diagnostic, true);
    assertThat(coloured).contains("\u001b[1;31merror[E0203]\u001b[0m");
    assertThat(coloured.replaceAll("\u001b\\[[0-9;]*m", "")).isEqualTo(Render.text(diagnostic, false));
  }

  @Test
  void anEmptyFileHasNoLinesToShow() {
    SourceFile empty = new SourceFile("empty.dlm", "");
    assertThat(Render.text(Diagnostic.of(Code.E0109, new Span(empty, 0, 0), "nothing").build(), false))
        .isEqualTo("error[E0109]: nothing\n  --> empty.dlm:1:1\n   = dlm explain E0109\n");
  }

  @Test
  void writesOneJsonObject() {
    Diagnostic diagnostic = Diagnostic.of(Code.E0203, find(LENET, "flatten"), "no \"parameter\"\n")
        .label("odd \ud800")
        .also(find(LENET, "tanh"), "é 😀")
        .fix("write it so", find(LENET, "flatten"), "Flatten")
        .help("or not")
        .note("n")
        .build();
    assertThat(RenderJson.json(diagnostic)).isEqualTo("{\"code\":\"E0203\",\"severity\":\"error\","
        + "\"message\":\"no \\\"parameter\\\"\\n\",\"primary\":{\"file\":\"vision/lenet.dlm\",\"line\":6,\"column\":3,"
        + "\"endLine\":6,\"endColumn\":10,\"start\":102,\"end\":109,\"label\":\"odd \\ud800\"},\"secondary\":[{"
        + "\"file\":\"vision/lenet.dlm\",\"line\":4,\"column\":17,\"endLine\":4,\"endColumn\":21,\"start\":49,\"end\":53,"
        + "\"label\":\"é 😀\"}],\"shapeTrace\":[],\"notes\":[\"n\"],\"helps\":[{\"text\":\"write it so\",\"sure\":true,"
        + "\"edit\":{\"file\":\"vision/lenet.dlm\",\"line\":6,\"column\":3,\"endLine\":6,\"endColumn\":10,\"start\":102,"
        + "\"end\":109,\"replacement\":\"Flatten\"}},{\"text\":\"or not\",\"sure\":false,\"edit\":null}],"
        + "\"instantiation\":[]}");
  }
}
