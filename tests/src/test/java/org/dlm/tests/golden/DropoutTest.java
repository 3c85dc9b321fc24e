package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Program;
import org.dlm.runtime.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What dropout does while training, which no golden number can show: shares, scale, channels, fresh numbers. */
class DropoutTest {
  private static final String TEXT = """
      package random
      layer DropsLayer() {
        param scale: [40, 50] = ones
        one = Dropout(0.3)
        other = Dropout(0.3)
        image = Dropout2d(0.25)
        attention = MultiHeadAttention(2, dropout = 0.5)

        fn single(x: [40, 50]) -> [40, 50] = one(x)
        fn pair(x: [40, 50]) -> (a: [40, 50], b: [40, 50]) = (one(x), other(x))
        fn images(x: [20, 30, 3, 3]) -> [20, 30, 3, 3] = image(x)
        fn loss(x: [40, 50]) -> [] = sum(one(x * scale))
        fn attend(x: [2, 5, 6]) -> [2, 5, 6] = attention(x)
      }
      model Drops = DropsLayer()
      """;
  private static GeneratedCode code;

  private final Model model = code.model("random.Drops");

  @BeforeAll
  static void compile() {
    Result result = Compiler.compileSources(List.of(new SourceFile("random.dlm", TEXT)), Options.DEFAULT);
    assertThat(result.hasErrors()).as(Render.text(result.diagnostics(), false)).isFalse();
    code = GeneratedCode.compile(result.files());
  }

  private Program run(Program program, long step, int... shape) {
    float[] ones = new float[Tensor.size(shape)];
    Arrays.fill(ones, 1);
    model.initialize(3);
    program.random(7, step);
    program.bind(new FloatTensor(ones, shape));
    program.run();
    return program;
  }

  private static float[] data(Program program, int output) {
    return ((FloatTensor) program.output(output)).data();
  }

  private static double zeros(float[] data) {
    int zeros = 0;
    for (float f : data) {
      zeros += f == 0 ? 1 : 0;
    }
    return zeros / (double) data.length;
  }

  @Test
  void dropsItsShareAndScalesTheRest() {
    float[] dropped = data(run(model.function("single").training(), 1, 40, 50), 0);
    assertThat(zeros(dropped)).isCloseTo(0.3, within(0.04));
    for (float f : dropped) {
      assertThat(f).isIn(0f, 1 / 0.7f);
    }
    assertThat(zeros(data(run(model.function("single").inference(), 1, 40, 50), 0))).isZero();
  }

  @Test
  void everyCallSiteAndStepDrawsNumbersOfItsOwn() {
    Program both = run(model.function("pair").training(), 1, 40, 50);
    float[] first = data(both, 0).clone();
    assertThat(first).isNotEqualTo(data(both, 1));
    assertThat(data(run(model.function("pair").training(), 2, 40, 50), 0)).isNotEqualTo(first);
    assertThat(data(run(model.function("pair").training(), 1, 40, 50), 0)).isEqualTo(first);
  }

  @Test
  void wholeChannelsGo() {
    float[] dropped = data(run(model.function("images").training(), 1, 20, 30, 3, 3), 0);
    assertThat(zeros(dropped)).isCloseTo(0.25, within(0.06));
    for (int i = 0; i < dropped.length; i++) {
      assertThat(dropped[i]).isIn(0f, 1 / 0.75f).isEqualTo(dropped[i - i % 9]);
    }
  }

  @Test
  void theGradientIsThatOfTheNumbersDrawnForward() {
    Program program = run(model.function("loss").gradient(), 1, 40, 50);
    int at = model.parameterList().stream().filter(v -> v.path().equals("scale")).findFirst().orElseThrow().offset();
    double sum = 0;
    for (int i = 0; i < 2000; i++) {
      sum += model.gradients[at + i];
    }
    assertThat(sum).isCloseTo(data(program, 0)[0], within(0.5));
    assertThat(sum / 2000).isCloseTo(1, within(0.05));
  }

  @Test
  void attentionDropsWeightsOnlyWhileTraining() {
    float[] calm = data(run(model.function("attend").inference(), 1, 2, 5, 6), 0).clone();
    assertThat(data(run(model.function("attend").training(), 1, 2, 5, 6), 0)).isNotEqualTo(calm);
    assertThat(data(run(model.function("attend").inference(), 2, 2, 5, 6), 0)).isEqualTo(calm);
  }
}
