package org.dlm.compiler.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

class FingerprintTests {
  private static final String MODEL = """
      model M {
        net = [Linear(8), tanh, Dropout(0.5), Linear(3)]
        fn forward(x: [N, 4]) -> [N, 3] = net(x)
      }
      """;

  private static final String LOOP = """
      model M {
        r = RNN(8)
        fn forward(x: [N, T, 4]) -> [N, T, 8] = r(x)
      }
      """;

  private static String of(String text) {
    ModelSpec.Function f = Compiler.checkSources(List.of(new SourceFile("m.dlm", text)), Options.DEFAULT).models()
        .getFirst().functions().getFirst();
    return Fingerprint.of(f.inference(), f.training());
  }

  @Test
  void theSameModelElsewhereInTheFileIsTheSame() {
    assertThat(of(MODEL)).matches("add 2; broadcast 2; einsum ab,cb->ac 2; tanh 1 #[0-9a-f]{12}/[0-9a-f]{12}");
    assertThat(of("// a comment\n\n" + MODEL.replace("  net", "  /// Layers.\n  net"))).isEqualTo(of(MODEL));
    assertThat(of(LOOP)).isEqualTo(of("\n" + LOOP));
  }

  @Test
  void whatIsComputedOtherwiseDiffers() {
    assertThat(inference(of(MODEL.replace("tanh", "relu")))).isNotEqualTo(inference(of(MODEL)));
    assertThat(inference(of(MODEL.replace("Linear(8), tanh", "tanh, Linear(8)")))).isNotEqualTo(inference(of(MODEL)));
    assertThat(of(LOOP.replace("RNN(8)", "RNN(8, nonlinearity = \"relu\")"))).isNotEqualTo(of(LOOP));
    String dropped = of(MODEL.replace("0.5", "0.4"));
    assertThat(dropped).isNotEqualTo(of(MODEL));
    assertThat(inference(dropped)).isEqualTo(inference(of(MODEL)));
  }

  private static String inference(String fingerprint) {
    return fingerprint.substring(fingerprint.indexOf('#'), fingerprint.indexOf('/'));
  }
}
