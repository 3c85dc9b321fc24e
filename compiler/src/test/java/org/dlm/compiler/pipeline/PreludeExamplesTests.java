package org.dlm.compiler.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.dlm.compiler.diagnostic.Diagnostics;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Interpret;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.source.SourceFile;
import org.dlm.compiler.syntax.Parse;
import org.dlm.compiler.syntax.Syntax;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What stands behind {@code Example:} in the documentation of the library is the body of a model. It compiles, its functions run, and
 * no number is NaN.
 */
class PreludeExamplesTests {
  private static final Path PRELUDE =
      Path.of(System.getProperty("basedir", "."), "src", "main", "resources", "org", "dlm", "prelude");

  /** The files in which every declaration has an example. */
  private static final List<String> COMPLETE = List.of("pool");

  @TestFactory
  Stream<DynamicTest> examples() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Path path : files()) {
      for (Syntax.Top top : Parse.file(source(path), new Diagnostics()).declarations()) {
        String file = path.getFileName().toString().replace(".dlm", "");
        String name = top.name().name();
        String[] parts = top.doc().split("(?m)^Example:");
        if (parts.length == 2) {
          tests.add(dynamicTest(file + " " + name, () -> check(name, parts[1])));
        } else if (COMPLETE.contains(file)) {
          tests.add(dynamicTest(file + " " + name, () -> assertThat(top.doc()).contains("Example:")));
        }
      }
    }
    return tests.stream();
  }

  private static void check(String name, String example) {
    assertThat(example).as("the example shows the entry").contains(name);
    String text = "package example\nmodel Example {\n" + example.strip() + "\n}\n";
    Result result = Compiler.checkSources(List.of(new SourceFile("example.dlm", text)), Options.DEFAULT);
    assertThat(result.hasErrors()).as(Render.text(result.diagnostics(), false)).isFalse();
    List<ModelSpec.Function> functions = result.models().getFirst().functions();
    assertThat(functions).isNotEmpty();
    functions.forEach(f -> run(f.inference()));
    functions.forEach(f -> run(f.training()));
  }

  private static void run(Graph graph) {
    Map<String, Long> dims = new HashMap<>();
    graph.values().forEach(v -> v.shape().dims().forEach(d -> d.symbols().forEach(s -> dims.put(s, 3L))));
    Map<Value, double[]> contents = Interpret.run(graph, Interpret.Environment.of(dims, value -> numbers(value, dims)));
    graph.results().forEach(r -> assertThat(contents.get(r.value())).as(r.name()).doesNotContain(Double.NaN));
  }

  /** Small numbers that serve as labels and indices, too. */
  private static double[] numbers(Value value, Map<String, Long> dims) {
    double[] numbers = new double[(int) value.shape().size().evaluate(dims)];
    Arrays.setAll(numbers, i -> i % 2);
    return numbers;
  }

  private static List<Path> files() {
    try (Stream<Path> files = Files.list(PRELUDE)) {
      return files.sorted().toList();
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }

  private static SourceFile source(Path path) {
    try {
      return new SourceFile(path.toString(), Files.readString(path));
    } catch (IOException problem) {
      throw new UncheckedIOException(problem);
    }
  }
}
