package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.onnx.ExportOnnx;
import org.dlm.compiler.onnx.NotInOnnx;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.Tensor;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Exported functions in ONNX Runtime against PyTorch: the zoo, and every table of the vocabulary. */
class OnnxGoldenTest {
  private static final Path ZOO = Path.of("..", "stdlib-models", "src", "main", "dlm");

  /** What a trained model is asked for. */
  static final Set<String> USED = Set.of("forward", "write", "sample");

  /** What a runtime makes of NaN is not said by ONNX; padding between neighbours it does not have. */
  private static final Set<String> LEFT_OPEN = Set.of("sign_nan", "amax_nan", "amin_nan", "argmax_nan", "argmin_nan",
      "pad_between");

  static final String ABSENT =
      "ONNX Runtime is not on the class path: exported models are not run (mvn verify -P onnx runs them)";

  /** What the zoo has, in its real sizes, can be written; the weights are left out. */
  @TestFactory
  List<DynamicTest> everyModelOfTheZooHasAForm() throws IOException {
    try (Stream<Path> files = Files.walk(ZOO)) {
      List<ModelSpec> models = Compiler.check(files.filter(f -> f.toString().endsWith(".dlm")).sorted().toList(),
          Options.DEFAULT).models();
      return models.stream().flatMap(m -> m.functions().stream().filter(f -> USED.contains(f.name()))
          .map(f -> dynamicTest(m.name() + "." + f.name(), () -> ExportOnnx.write(f.inference(), m.doc(), path -> new byte[0],
              OutputStream.nullOutputStream())))).toList();
    }
  }

  @TestFactory
  List<DynamicTest> zoo() {
    return tests(GoldenFiles.zoo());
  }

  @TestFactory
  List<DynamicContainer> tables() {
    return GoldenFiles.tables().stream().map(t -> dynamicContainer(t, tests(GoldenFiles.table(t)))).toList();
  }

  @Test
  void whatHasNoFormIsToldWithItsPlace() {
    ModelSpec model = Compiler.checkSources(List.of(new SourceFile("noise.dlm", """
        model Noise {
          fn forward(x: [N, 4]) -> [N, 4] =
            x + uniform_like(x)
        }
        """)), Options.DEFAULT).models().getFirst();
    assertThatThrownBy(() -> ExportOnnx.write(model.functions().getFirst().inference(), "", path -> new byte[0],
        OutputStream.nullOutputStream())).isInstanceOfSatisfying(NotInOnnx.class, problem ->
            assertThat(problem.span().fileAndLine()).isEqualTo("noise.dlm:3")).hasMessageContaining("has no form in ONNX");
  }

  private static List<DynamicTest> tests(List<GoldenCase> cases) {
    List<DynamicTest> tests = new ArrayList<>();
    for (GoldenCase of : cases) {
      Map<String, Tensor> inference = new LinkedHashMap<>(of.numbers());
      inference.keySet().removeIf(key -> key.startsWith("train.") || key.matches("eval\\.(grad|buffer)\\..*"));
      if (!LEFT_OPEN.contains(of.name()) && inference.keySet().stream().anyMatch(key -> key.startsWith("eval.out."))) {
        GoldenCase forward = new GoldenCase(of.name(), of.source(), of.packageName(), of.model(), of.text(), inference,
            of.metadata());
        tests.add(dynamicTest(of.name(), () -> {
          Assumptions.assumeTrue(OnnxRuntime.isThere(), ABSENT);
          GoldenCheck.check(forward, new OnnxEngine(forward, Compiled.check(forward).models().getFirst()));
        }));
      }
    }
    return tests;
  }
}
