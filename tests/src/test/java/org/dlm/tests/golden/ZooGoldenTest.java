package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The zoo against PyTorch: the size of each model as it stands, the numbers of a small instance of each layer. */
class ZooGoldenTest {
  private static final Path ZOO = Path.of("..", "stdlib-models", "src", "main", "dlm");

  /** Models that only this project has; so are those of the package {@code tasks}. */
  private static final Set<String> OWN = Set.of("Digits");

  @TestFactory
  List<DynamicTest> smallInstances() {
    return GoldenTest.tests(GoldenFiles.zoo());
  }

  @Test
  void everyModelHasAsManyParametersAsPyTorchs() throws IOException {
    TreeMap<String, String> expected = new TreeMap<>();
    for (String line : Files.readAllLines(Path.of("golden", "parameters.txt"))) {
      String[] words = line.split(" ");
      expected.put(words[0], words[1]);
    }
    TreeMap<String, String> actual = new TreeMap<>();
    for (ModelSpec model : models().stream().filter(m -> !m.packageName().equals("tasks")).toList()) {
      actual.put(model.name(), count(model, ""));
      expected.keySet().stream().filter(name -> name.startsWith(model.name() + ".")).forEach(name ->
          actual.put(name, count(model, name.substring(model.name().length() + 1) + ".")));
    }
    actual.keySet().removeAll(OWN);
    assertThat(actual).isEqualTo(expected);
  }

  private static String count(ModelSpec model, String prefix) {
    return String.format("%,d", model.parameters().stream().filter(v -> v.path().startsWith(prefix))
        .mapToLong(v -> v.shape().size().constant()).sum());
  }

  private static List<ModelSpec> models() throws IOException {
    try (Stream<Path> files = Files.walk(ZOO)) {
      Result result = Compiler.check(files.filter(f -> f.toString().endsWith(".dlm")).sorted().toList(), Options.DEFAULT);
      assertThat(result.diagnostics()).as("what the compiler says about the zoo").isEmpty();
      assertThat(new TreeSet<>(result.models().stream().map(ModelSpec::name).toList())).containsAll(OWN);
      return result.models();
    }
  }
}
