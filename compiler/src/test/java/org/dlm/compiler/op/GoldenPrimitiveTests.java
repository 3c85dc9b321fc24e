package org.dlm.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.dlm.compiler.gradient.Backward;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.TensorType;
import org.dlm.compiler.shape.DType;
import org.dlm.compiler.shape.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Primitives and their gradients against numbers that PyTorch gave ({@code src/test/golden/primitives.py}). */
class GoldenPrimitiveTests {
  /** A case: the primitive, its attributes, and tensors by kind ({@code in}, {@code out}, {@code grad}). */
  record Case(String primitive, Map<String, Object> attributes, Map<String, List<Sample.Input>> tensors) {
    @Override
    public String toString() {
      return primitive + " " + attributes;
    }

    List<Sample.Input> all(String kind) {
      return tensors.getOrDefault(kind, List.of());
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agreesWithPyTorch(Case golden) {
    Sample sample = new Sample(golden.primitive(), Map.of(), golden.all("in"), (g, x) ->
        Primitives.ALL.get(golden.primitive()).apply(g, x, new Attributes(golden.attributes())));
    Graph forward = sample.graph();
    Sample.Input out = golden.all("out").getFirst();
    Graph.Result value = forward.results().get(1);
    assertThat(value.value().type()).isEqualTo(out.type());
    assertClose(sample.evaluate(forward, Map.of()).get("value"), out.numbers(), "result");
    if (golden.all("grad").isEmpty()) {
      return;
    }
    Map<String, double[]> results = sample.evaluate(Backward.of(forward, 0, List.of(), true), Map.of());
    int next = 0;
    for (int i = 0; i < golden.all("in").size(); i++) {
      if (golden.all("in").get(i).type().element() == DType.F32) {
        assertClose(results.get("grad.x" + i), golden.all("grad").get(next++).numbers(), "gradient of input " + i);
      }
    }
    assertThat(next).isEqualTo(golden.all("grad").size());
  }

  private static void assertClose(double[] actual, double[] expected, String what) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int k = 0; k < expected.length; k++) {
      if (Double.isNaN(expected[k]) || Double.isInfinite(expected[k])) {
        assertThat(actual[k]).as("%s at %d", what, k).isEqualTo(expected[k]);
      } else {
        assertThat(actual[k]).as("%s at %d", what, k)
            .isCloseTo(expected[k], org.assertj.core.data.Offset.offset(1e-12 * (1 + Math.abs(expected[k]))));
      }
    }
  }

  static List<Case> cases() throws IOException {
    List<Case> cases = new ArrayList<>();
    for (String text : read().lines().toList()) {
      String[] words = text.split(" ", 3);
      if (words[0].equals("case")) {
        cases.add(new Case(words[1], words.length > 2 ? attributes(words[2]) : new HashMap<>(), new HashMap<>()));
      } else if (!text.isBlank()) {
        cases.getLast().tensors().computeIfAbsent(words[0], k -> new ArrayList<>()).add(tensor(words[1], words[2]));
      }
    }
    assertThat(cases).hasSizeGreaterThan(50);
    return cases;
  }

  private static String read() throws IOException {
    try (InputStream in = GoldenPrimitiveTests.class.getResourceAsStream("primitives.golden")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Sample.Input tensor(String element, String rest) {
    int close = rest.indexOf(']');
    Object[] dims = Arrays.stream(rest.substring(1, close).split(" ")).filter(w -> !w.isEmpty()).map(Long::valueOf)
        .toArray();
    double[] numbers = Arrays.stream(rest.substring(close + 1).trim().split(" ")).mapToDouble(word -> switch (word) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(word);
    }).toArray();
    Shape shape = Sample.shape(dims);
    return new Sample.Input(new TensorType(DType.valueOf(element.toUpperCase(java.util.Locale.ROOT)), shape), numbers);
  }

  private static Map<String, Object> attributes(String text) {
    Map<String, Object> attributes = new HashMap<>();
    for (String word : text.split(" ")) {
      if (!word.isEmpty()) {
        String value = word.substring(word.indexOf('=') + 1);
        attributes.put(word.substring(0, word.indexOf('=')), value(value));
      }
    }
    return attributes;
  }

  private static Object value(String text) {
    if (text.startsWith("\"")) {
      return text.substring(1, text.length() - 1).replace('~', ' ');
    }
    if (text.startsWith("[")) {
      return Arrays.stream(text.substring(1, text.length() - 1).split(",")).map(Long::valueOf).toList();
    }
    return text.equals("true") || text.equals("false") ? (Object) Boolean.valueOf(text) : Long.valueOf(text);
  }
}
