package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.GeneratedFile;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

class InMemoryCompilationTest {
  @Test
  void sourcesSeeEachOtherAndTheRuntime() {
    var classes = InMemoryCompilation.compile(List.of(
        new GeneratedFile("a/One.java", "package a; public class One { org.dlm.runtime.FloatTensor t = b.Two.T; class In {} }"),
        new GeneratedFile("b/Two.java", "package b; public class Two { public static org.dlm.runtime.FloatTensor T; }")));
    assertThat(classes).containsOnlyKeys("a.One", "a.One$In", "b.Two");
  }

  @Test
  void whatJavacRefusesIsADefectOfOurs() {
    assertThatThrownBy(() -> InMemoryCompilation.compile(List.of(new GeneratedFile("A.java", "class A { int x = y; }"))))
        .isInstanceOf(IllegalStateException.class).hasMessageContainingAll("A.java", "cannot find symbol");
  }

  @Test
  void aMethodThatHotSpotWouldNotCompileIsNamed() {
    String body = "x = x * 31 + x / 7;\n".repeat(900);
    assertThatThrownBy(() -> InMemoryCompilation.compile(List.of(
        new GeneratedFile("A.java", "class A { int fits(int x) { return x; } int huge(int x) {\n" + body + "return x; } }"))))
        .isInstanceOf(IllegalStateException.class).hasMessageContaining("A.huge (").hasMessageNotContaining("fits");
  }

  @Test
  void theProgramsOfADeepModelAreMadeOfMethodsOfBearableSize() {
    Result result = Compiler.compileSources(List.of(new SourceFile("deep.dlm", """
        package deep
        layer Block(out: int, in: int = _) {
          path = [Conv2d(out, 3, padding = 1, use_bias = false), BatchNorm2d(), relu, Conv2d(out, 3, padding = 1)]
          fn forward(x: [N, in, H, W]) -> [N, out, _, _] = relu(path(x) + x)
        }
        layer Net {
          stages = [Conv2d(8, 7, stride = 2), [Block(8) for i in 0..<5]]
          head = Linear(10)
          fn forward(x: [N, 3, H, W]) -> _ = x |> stages |> mean(axes = [2, 3]) |> head
          fn loss(x: [N, 3, H, W], label: i32[N]) -> [] = forward(x) |> cross_entropy(label)
        }
        model Deep = Net()
        """)), Options.DEFAULT);
    assertThat(result.diagnostics()).isEmpty();
    assertThat(InMemoryCompilation.compile(result.files())).containsKey("deep.Deep$LossGradient");
    assertThat(result.files().getFirst().text()).contains("plan2();");
  }
}
