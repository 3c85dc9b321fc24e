package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The parameters of every layer have the names PyTorch gives them and start from the same distribution: its bounds, mean
 * and deviation are those of many modules of PyTorch (golden/initialisation.txt, written by initialisation.py).
 */
class InitialisationTest {
  private static final Path ROWS = Path.of("golden", "initialisation.txt");

  /** What PyTorch's numbers of one parameter are like. */
  private record Drawn(double least, double most, double mean, double deviation) {}

  @TestFactory
  List<DynamicTest> layers() throws IOException {
    Map<String, Map<String, Drawn>> layers = new LinkedHashMap<>();
    for (String line : Files.readAllLines(ROWS)) {
      String[] f = line.split("; ");
      layers.computeIfAbsent(f[0] + "; " + f[1], k -> new LinkedHashMap<>()).put(f[2],
          new Drawn(Double.parseDouble(f[3]), Double.parseDouble(f[4]), Double.parseDouble(f[5]), Double.parseDouble(f[6])));
    }
    List<DynamicTest> tests = new ArrayList<>();
    layers.forEach((layer, drawn) -> tests.add(dynamicTest(layer, () -> check(layer, drawn))));
    return tests;
  }

  private static void check(String layer, Map<String, Drawn> drawn) {
    ModelSpec model = model(layer);
    Map<String, ModelSpec.Initial> initial = new LinkedHashMap<>();
    Stream.concat(model.parameters().stream(), model.buffers().stream())
        .forEach(v -> initial.put(v.path().replaceFirst("^net\\.", ""), v.initial()));
    assertThat(initial.keySet()).isEqualTo(drawn.keySet());
    initial.forEach((path, i) -> check(path, i, drawn.get(path)));
  }

  private static ModelSpec model(String layer) {
    String[] parts = layer.split("; ");
    boolean attends = parts[1].startsWith("attend ");
    String[] types = parts[1].replaceFirst("^attend ", "").split(", (?=\\[)");
    StringBuilder parameters = new StringBuilder();
    StringBuilder arguments = new StringBuilder();
    for (int i = 0; i < types.length; i++) {
      parameters.append(i == 0 ? "" : ", ").append("x").append(i).append(": ").append(types[i]);
      arguments.append(i == 0 ? "" : ", ").append("x").append(i);
    }
    String text = "model Starts {\n  net = " + parts[0] + "\n  fn forward(" + parameters + ") -> _ = net"
        + (attends ? ".attend" : "") + "(" + arguments + ")\n}\n";
    Result result = Compiler.checkSources(List.of(new SourceFile("starts.dlm", text)), Options.DEFAULT);
    assertThat(result.hasErrors()).as(Render.text(result.diagnostics(), false)).isFalse();
    return result.models().getFirst();
  }

  private static void check(String path, ModelSpec.Initial initial, Drawn drawn) {
    List<Double> numbers = initial.args();
    switch (initial.kind()) {
      case "zeros" -> assertThat(drawn).as(path).isEqualTo(new Drawn(0, 0, 0, 0));
      case "ones" -> assertThat(drawn).as(path).isEqualTo(new Drawn(1, 1, 1, 0));
      case "full" -> assertThat(drawn).as(path)
          .isEqualTo(new Drawn(numbers.getFirst(), numbers.getFirst(), numbers.getFirst(), 0));
      case "uniform" -> {
        double width = numbers.get(1) - numbers.get(0);
        assertThat(drawn.least()).as(path + " from").isCloseTo(numbers.get(0), within(0.01 * width));
        assertThat(drawn.most()).as(path + " up to").isCloseTo(numbers.get(1), within(0.01 * width));
        moments(path, (numbers.get(0) + numbers.get(1)) / 2, width / Math.sqrt(12), drawn);
      }
      case "normal" -> {
        assertThat(drawn.most()).as(path + " has no bound").isGreaterThan(numbers.get(0) + 3.5 * numbers.get(1));
        moments(path, numbers.get(0), numbers.get(1), drawn);
      }
      default -> throw new AssertionError(path + " starts from " + initial + ", PyTorch from " + drawn);
    }
  }

  private static void moments(String path, double mean, double deviation, Drawn drawn) {
    assertThat(drawn.mean()).as(path + " mean").isCloseTo(mean, within(0.06 * deviation));
    assertThat(drawn.deviation()).as(path + " deviation").isCloseTo(deviation, within(0.04 * deviation));
  }
}
