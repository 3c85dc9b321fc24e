package org.dlm.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dlm.compiler.diagnostic.Code;
import org.dlm.compiler.diagnostic.Diagnostic;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

class BrokenTextTests {
  private static List<Diagnostic> check(String text) {
    return Compiler.checkSources(List.of(new SourceFile("broken.dlm", text)), Options.DEFAULT).diagnostics();
  }

  @Test
  void whatUsesABrokenDeclarationIsNotAtFault() {
    assertThat(check("""
        layer Block(width: int) = [Linear(width) relu]
        fn scale(x: [N, D], by: float = ) -> [N, D] = by * x
        const depth = 2 +
        layer Tower(width: int) = [Block(width) for _ in 0..<depth]
        model Small {
          net = Tower(8)
          fn forward(x: [N, 8]) -> [N, 8] = net(x) |> scale(by = 2.0)
        }
        model Direct = Block(8)
        """)).extracting(d -> d.code() + ":" + d.primary().span().line()).containsExactly("E0101:1", "E0101:2", "E0101:3");
  }

  @Test
  void whatUsesADeclarationOfUnknownKindIsNotAtFault() {
    assertThat(check("""
        layr Block(width: int) = [Linear(width), relu]
        model Small {
          net = [Block(8), Block(9)]
          fn forward(x: [N, 8]) -> [N, 8] = net(x)
        }
        """)).extracting(d -> d.code() + ":" + d.primary().span().line()).containsExactly("E0101:1");
  }

  @Test
  void theDeclarationsBehindAMistakeAreStillChecked() {
    assertThat(check("""
        layer Block = [Linear(8) relu]
        model Small {
          net = [Linear(8, inn = 3)]
          fn forward(x: [N, 8]) -> [N, 8] = net(x)
        }
        """)).extracting(Diagnostic::code).containsExactly(Code.E0101, Code.E0203);
  }
}
