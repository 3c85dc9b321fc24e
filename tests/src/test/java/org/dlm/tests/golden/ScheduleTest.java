package org.dlm.tests.golden;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.dlm.runtime.ElementType;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.data.DataSources;
import org.dlm.runtime.store.SafetensorsFile;
import org.dlm.runtime.train.RateSchedule;
import org.dlm.runtime.train.Recipe;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The schedules of the library, compiled in recipes, against the rates that PyTorch's schedulers give. */
class ScheduleTest {
  private static final Path FOLDER = Path.of("golden", "cases");

  /** A line {@code NAME STEPS EPOCH_STEPS EXPRESSION}. */
  private record Line(String name, int steps, int epochSteps, String expression) {
    static Line of(String text) {
      String[] words = text.trim().split("\\s+", 4);
      return new Line(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]), words[3]);
    }

    String recipe() {
      return TableCase.upperCamel(name) + "Rate";
    }
  }

  @TestFactory
  List<DynamicTest> rates() throws IOException {
    List<Line> lines = Files.readAllLines(FOLDER.resolve("schedules.rates")).stream()
        .filter(l -> !l.isBlank() && !l.startsWith("//")).map(Line::of).toList();
    StringBuilder text = new StringBuilder("package rates\nmodel Net {\n  net = Linear(2)\n"
        + "  fn loss(x: [N, 3], y: [N, 2]) -> [] = net(x) |> mse(y)\n}\n");
    lines.forEach(l -> text.append("train ").append(l.recipe()).append(" for Net {\n  rate = ").append(l.expression())
        .append("\n}\n"));
    Result result = Compiler.compileSources(List.of(new SourceFile("schedules.dlm", text.toString())), Options.DEFAULT);
    if (result.hasErrors()) {
      throw new AssertionError(Render.text(result.diagnostics(), false));
    }
    GeneratedCode code = GeneratedCode.compile(result.files(), "-Xlint:all,-incubating", "-Werror");
    return lines.stream().map(l -> dynamicTest(l.name(), () -> check(l, code.recipe("rates." + l.recipe())))).toList();
  }

  private static void check(Line line, Recipe recipe) {
    try (SafetensorsFile golden = SafetensorsFile.open(FOLDER.resolve("schedules.safetensors"))) {
      RateSchedule rate = recipe.plan(DataSources.open("digits"), Path.of("unused.safetensors")).rate();
      float[] losses = ((FloatTensor) golden.read("loss", ElementType.F32)).data();
      float[] expected = ((FloatTensor) golden.read(line.name(), ElementType.F32)).data();
      float[] actual = new float[line.steps()];
      for (int i = 0; i < actual.length; i++) {
        actual[i] = (float) rate.rate(i + 1, line.steps(), line.epochSteps());
        rate.tested(losses[i]);
      }
      Closeness.check(line.name(), actual, expected, 1, 1e-6, 0);
    }
  }
}
