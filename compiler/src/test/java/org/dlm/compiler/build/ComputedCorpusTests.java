package org.dlm.compiler.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.dlm.compiler.corpus.Corpus;
import org.dlm.compiler.diagnostic.Render;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Interpret;
import org.dlm.compiler.graph.Value;
import org.dlm.compiler.model.ModelSpec;
import org.dlm.compiler.op.Given;
import org.dlm.compiler.pipeline.Compiler;
import org.dlm.compiler.pipeline.Options;
import org.dlm.compiler.pipeline.Result;
import org.dlm.compiler.source.SourceFile;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Functions without inputs that say what they give: {@code // gives 1, 2 | 3}, results separated by a bar. */
class ComputedCorpusTests {
  private static final Pattern GIVES = Pattern.compile("// gives (.*?)\\s*$");

  @TestFactory
  Stream<DynamicTest> computed() {
    return Corpus.files("computed").stream().flatMap(path -> tests(Corpus.read(path)));
  }

  private static Stream<DynamicTest> tests(SourceFile file) {
    Result result = Compiler.checkSources(List.of(file), Options.DEFAULT);
    assertThat(result.hasErrors()).as(Render.text(result.diagnostics(), false)).isFalse();
    List<DynamicTest> tests = new ArrayList<>();
    for (ModelSpec model : result.models()) {
      for (ModelSpec.Function function : model.functions()) {
        Matcher gives = GIVES.matcher(file.lineText(function.span().line()));
        assertThat(gives.find()).as("`// gives` of " + function.name()).isTrue();
        tests.add(dynamicTest(model.name() + "." + function.name(), () -> check(model, function.inference(), gives.group(1))));
      }
    }
    return tests.stream();
  }

  private static void check(ModelSpec model, Graph graph, String expected) {
    Map<Value, double[]> contents = Interpret.run(graph, Interpret.Environment.of(Map.of(), value -> initial(model, value)));
    String[] results = expected.split("\\|");
    assertThat(graph.results()).hasSameSizeAs(results);
    for (int i = 0; i < results.length; i++) {
      double[] actual = contents.get(graph.results().get(i).value());
      double[] wanted = Stream.of(results[i].split(",")).map(String::strip).mapToDouble(ComputedCorpusTests::number).toArray();
      assertThat(actual).hasSameSizeAs(wanted);
      for (int k = 0; k < wanted.length; k++) {
        if (Double.isInfinite(wanted[k])) {
          assertThat(actual[k]).isEqualTo(wanted[k]);
        } else {
          assertThat(actual[k]).isCloseTo(wanted[k], within(1e-6));
        }
      }
    }
  }

  private static double number(String text) {
    return text.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
  }

  /** Parameters and buffers as their initialiser {@code full} says. */
  private static double[] initial(ModelSpec model, Value value) {
    Given given = (Given) value.op();
    ModelSpec.Variable variable = Stream.concat(model.parameters().stream(), model.buffers().stream())
        .filter(v -> v.path().equals(given.path())).findFirst().orElseThrow();
    double[] numbers = new double[(int) variable.shape().size().constant()];
    java.util.Arrays.fill(numbers, variable.initial().args().getFirst());
    return numbers;
  }
}
