package org.dlm.compiler.syntax;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

/** The usual form, with comments where they stood; formatting again changes nothing. */
class FormatTests {
  private static String format(String text) {
    Diagnostics diagnostics = new Diagnostics();
    String formatted = Format.text(new SourceFile("x.dlm", text), diagnostics).orElseThrow();
    assertThat(formatted.lines().filter(l -> l.contains("//")).count()).as(formatted)
        .isEqualTo(text.lines().filter(l -> l.contains("//")).count());
    return formatted;
  }

  @Test
  void commentsStayWhereTheyStood() {
    assertThat(format("""
        // a file
        package  demo

        // about widths
        const widths=[64,32]   // a comment
        //// a ruler

        // before the documentation
        /// A layer.
        layer  L(n:int=1)  {
            // the first member
            w  = Linear( n )    // its width


            /* two
               lines */
            fn forward(x:[N,n])->[N,n] {
              y=w(x)   // once
              // then again
              return   w(y)
              // nothing more
            }
        }
        // the end
        """)).isEqualTo("""
        // a file
        package demo

        // about widths
        const widths = [64, 32]  // a comment

        //// a ruler

        // before the documentation
        /// A layer.
        layer L(n: int = 1) {
          // the first member
          w = Linear(n)  // its width

          /* two
               lines */
          fn forward(x: [N, n]) -> [N, n] {
            y = w(x)  // once
            // then again
            return w(y)
            // nothing more
          }
        }
        // the end
        """);
  }

  @Test
  void insideOfLists() {
    String text = """
        layer L = [
          Linear(10),  // the first
          // then
          relu,
          Linear(2),
        ]
        """;
    assertThat(format(text)).isEqualTo(text);
  }

  @Test
  void theLibraryKeepsEveryCommentAndIsFormattedOnce() throws IOException {
    int files = 0;
    for (Path folder : List.of(Path.of("src/main/resources/org/dlm/prelude"), Path.of("../stdlib-models/src/main/dlm"))) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.filter(f -> f.toString().endsWith(".dlm")).toList()) {
          String once = format(Files.readString(file));
          assertThat(format(once)).as(file.toString()).isEqualTo(once);
          files++;
        }
      }
    }
    assertThat(files).isGreaterThan(25);
  }

  @Test
  void aFileWithErrorsIsNotTouched() {
    Diagnostics diagnostics = new Diagnostics();
    assertThat(Format.text(new SourceFile("x.dlm", "layer L = ["), diagnostics)).isEmpty();
    assertThat(diagnostics.hasErrors()).isTrue();
  }
}
