package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
  private static final Map<String, Long> DIMS = Map.of("N", 2L, "T", 3L);

  private static ModelSpec.Function loss(String net) {
    String text = "model M {\n  net = " + net + "\n  fn loss(x: [N, T, 3]) -> [] = sum(net(x))\n}\n";
    return function(text);
  }

  private static ModelSpec.Function function(String text) {
    return Compiler.checkSources(List.of(new SourceFile("m.dlm", text)), Options.DEFAULT).models().getFirst().functions()
        .getFirst();
  }

  @Test
  void countsThePlainProductOnceForwardAndOnceForItsWeights() {
    assertThat(Arithmetic.forward(loss("Linear(4)").inference(), DIMS)).isEqualTo(6 * 12);
    assertThat(Arithmetic.training(loss("Linear(4)").training(), DIMS)).isEqualTo(2 * 6 * 12);
  }

  /** The state that is carried depends on the weights, the input does not. */
  @Test
  void countsEveryStepOfALoop() {
    assertThat(Arithmetic.forward(loss("LSTM(4)").inference(), DIMS)).isEqualTo(6 * (16 * 3 + 16 * 4));
    assertThat(Arithmetic.training(loss("LSTM(4)").training(), DIMS)).isEqualTo(6 * (2 * 16 * 3 + 3 * 16 * 4));
  }

  /** Of four taps with stride 2 two meet an element: the zeros between elements are no work. */
  @Test
  void doesNotCountZerosOfATransposedConvolution() {
    String text = "model M {\n  param w: [3, 5, 4] = fan_uniform(3)\n"
        + "  fn loss(x: [N, 3, 8]) -> [] = sum(conv_transpose1d(x, w, stride = 2, padding = 1))\n}\n";
    ModelSpec.Function loss = function(text);
    assertThat(Arithmetic.forward(loss.inference(), DIMS)).isEqualTo(2 * 5 * 16 * 3 * 4 / 2);
    assertThat(Arithmetic.training(loss.training(), DIMS)).isEqualTo(2 * 2 * 5 * 16 * 3 * 4 / 2);
  }
}
