package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Optimizer;
import org.dlm.runtime.Program;
import org.junit.jupiter.api.Test;

/** Names that mean something else in the generated Java mean what the model says. */
class JavaNamesTest {
  private static final GeneratedCode CODE = GeneratedCode.compile(Compiler.compileSources(List.of(new SourceFile("names.dlm", """
      package names

      /// With \\u0041 and */ in its words, \\uZZZZ too.
      model Words {
        scale = Linear(1, use_bias = false)
        fn loss(program: [N, 2]) -> [] = mean(scale(program))
        fn clone(wait: [N, 2], int: [N]) -> (clone: [N, 2], hash_code: [N], finalize: []) {
          return wait * 2, int * 3, sum(int)
        }
      }

      optimizer Shadows(lr: float = 1.0, from: float = 10.0, to: float = 20.0, size: float = 30.0, value: float = 40.0,
                        hyper_parameter: float = 50.0, parameters: float = 60.0, static: float = 70.0) {
        buffer gradients: [...] = zeros
        buffer name: [...] = ones
        fn update(p: [...], g: [...], step: int) -> [...] {
          gradients := g
          name := g
          return p + lr * (from + to + size + value + hyper_parameter + parameters + static) + 0 * (gradients + name)
        }
      }
      """)), Options.DEFAULT).files(), "-Xlint:all,-incubating", "-Werror");

  @Test
  void hyperParametersAreNotTheParametersOfMethods() {
    Optimizer shadows = CODE.optimizer("names.Shadows");
    float[] parameters = new float[40];
    shadows.update(parameters, new float[40], 0, 40, 1);
    assertThat(parameters).containsOnly(280);
    shadows.set("to", 0);
    shadows.set("hyper_parameter", 0);
    assertThat(shadows.get("to") + shadows.get("size")).isEqualTo(30);
    shadows.update(parameters, new float[40], 0, 40, 2);
    assertThat(parameters).containsOnly(490);
    assertThat(shadows.state("name")).hasSize(40);
  }

  @Test
  void resultsMayBeCalledAsMethodsOfObjects() {
    Model model = CODE.model("names.Words");
    Program program = model.function("clone").inference();
    program.bind(new FloatTensor(new float[] {1, 2}, 1, 2), new FloatTensor(new float[] {5}, 1));
    program.run();
    assertThat(((FloatTensor) program.output(0)).data()).containsExactly(2, 4);
    assertThat(((FloatTensor) program.output(1)).data()).containsExactly(15);
  }
}
