package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.IntTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Program;
import org.junit.jupiter.api.Test;

/** {@code #remat} in generated code: dropout computed a second time leaves out the same numbers. */
@OnEveryWidth
class RematTest {
  private static final String TEXT = """
      package demo
      TAG
      layer Block(d: int = _) {
        up = Linear(3 * d)
        drop = Dropout(0.4)
        down = Linear(d)
        fn forward(x: [N, d]) -> [N, d] = x + (x |> up |> gelu |> drop |> down)
      }
      model Net {
        blocks = [Block() for _ in 0..<3]
        head = Linear(3)
        fn loss(x: [N, 7], y: i32[N]) -> [] = x |> blocks |> head |> cross_entropy(y)
      }
      """;

  @Test
  void gradientsAreTheSameWithDropout() {
    float[] kept = gradients(TEXT.replace("TAG", ""));
    float[] again = gradients(TEXT.replace("TAG", "#remat"));
    assertThat(again).hasSameSizeAs(kept);
    for (int i = 0; i < kept.length; i++) {
      assertThat(again[i]).as("gradient " + i).isCloseTo(kept[i], org.assertj.core.data.Offset.offset(1e-6f));
    }
  }

  private static float[] gradients(String text) {
    Result result = Compiler.compileSources(List.of(new SourceFile("remat.dlm", text)), Options.DEFAULT);
    Model model = GeneratedCode.compile(result.files()).model("demo.Net");
    model.initialize(5);
    float[] x = new float[4 * 7];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) Math.sin(i);
    }
    Program program = model.function("loss").gradient();
    program.bind(new FloatTensor(x, 4, 7), IntTensor.of(new int[] {0, 1, 2, 1}, 4));
    program.run();
    return model.gradients.clone();
  }
}
