package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.Test;

class PlannedProgramTest {
  private static PlannedProgram training(String net, String input) {
    String text = "model M {\n  net = " + net + "\n  fn loss(x: " + input + ", label: i32[N]) -> [] ="
        + " net(x) |> cross_entropy(label)\n}\n";
    ModelSpec.Function loss = Compiler.checkSources(List.of(new SourceFile("m.dlm", text)), Options.DEFAULT).models()
        .getFirst().functions().getFirst();
    return PlannedProgram.training(loss, Map.of("N", 16L)).orElseThrow();
  }

  private static String block(int channels, int stride) {
    return "Conv2d(" + channels + ", 3, stride = " + stride + ", padding = 1), BatchNorm2d(), relu, ";
  }

  @Test
  void layersThatDifferInSizesOnlyShareKernels() {
    String first = "[" + block(72, 2) + block(136, 1) + block(88, 1);
    PlannedProgram three = training(first + "flatten, Linear(10)]", "[N, 20, 32, 32]");
    PlannedProgram five = training(first + block(96, 1) + block(80, 1) + "flatten, Linear(10)]", "[N, 20, 32, 32]");
    assertThat(five.kernels()).isEqualTo(three.kernels()).isPositive();
  }

  /** 1.25 is what we promise for the models of the zoo. */
  @Test
  void temporariesShareMemoryAlmostAsWellAsTheyCan() {
    PlannedProgram deep = training("[" + block(24, 1) + block(48, 2) + "MaxPool2d(2), " + block(96, 1) + block(40, 1)
        + "Dropout(0.5), flatten, Linear(50), relu, Linear(10)]", "[N, 20, 32, 32]");
    assertThat(deep.arena()).isBetween(deep.atOnce(), deep.atOnce() * 5 / 4);
    assertThat(deep.atOnce()).isGreaterThan(4L * 16 * 24 * 32 * 32);
  }
}
