package org.dlm.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.dlm.compiler.gradient.Backward;
import org.dlm.compiler.graph.Graph;
import org.dlm.compiler.graph.Op;
import org.dlm.compiler.graph.Verify;
import org.dlm.compiler.rewrite.Rewrite;
import org.dlm.compiler.shape.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every op on its samples: a well-formed graph, and gradients that agree with central differences in double precision.
 */
class OpSamplesTests {
  private static final double STEP = 1e-5;

  static List<Sample> samples() {
    return OpSamples.all();
  }

  @ParameterizedTest
  @MethodSource("samples")
  void gradientsAgreeWithCentralDifferences(Sample sample) {
    Graph forward = sample.graph();
    Verify.check(forward);
    Graph backward = Backward.of(forward, 0, List.of(), true);
    Verify.check(backward);
    Map<String, double[]> results = sample.evaluate(backward, Map.of());
    Map<String, double[]> rewritten = sample.evaluate(Rewrite.apply(backward), Map.of());
    results.forEach((name, numbers) -> assertClose(rewritten.get(name), numbers, name + " after rewriting"));
    assertThat(results.get("result")).isEqualTo(sample.evaluate(forward, Map.of()).get("result"));
    for (int i = 0; i < sample.inputs().size(); i++) {
      if (sample.inputs().get(i).type().element() == DType.F32) {
        double[] expected = centralDifferences(sample, forward, i);
        assertClose(results.get("grad.x" + i), expected, "gradient of input " + i);
      }
    }
  }

  static double[] centralDifferences(Sample sample, Graph forward, int input) {
    double[] numbers = sample.inputs().get(input).numbers();
    double[] differences = new double[numbers.length];
    for (int k = 0; k < numbers.length; k++) {
      double[] up = numbers.clone();
      double[] down = numbers.clone();
      up[k] += STEP;
      down[k] -= STEP;
      differences[k] = (sample.evaluate(forward, Map.of(input, up)).get("result")[0]
          - sample.evaluate(forward, Map.of(input, down)).get("result")[0]) / (2 * STEP);
    }
    return differences;
  }

  static void assertClose(double[] actual, double[] expected, String what) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int k = 0; k < expected.length; k++) {
      assertThat(actual[k]).as("%s at %d", what, k)
          .isCloseTo(expected[k], org.assertj.core.data.Offset.offset(1e-8 * (1 + Math.abs(expected[k])) + 1e-8));
    }
  }

  @Test
  void everyOpHasASample() throws Exception {
    Set<String> used = new TreeSet<>();
    for (Sample sample : OpSamples.all()) {
      sample.graph().values().forEach(v -> used.add(v.op().getClass().getSimpleName()));
    }
    Set<String> missing = opClasses();
    missing.removeAll(used);
    // What they compute comes from outside the graph: nothing to sample.
    missing.removeAll(Set.of("Given", "RuntimeScalar"));
    assertThat(missing).as("ops without a sample in OpSamples").isEmpty();
  }

  /** Made by the elaborator or by gradients, not by a primitive's name. */
  private static final Set<String> INTERNAL = Set.of(
      "Again", "ConvWeightGradient", "CustomGradient", "DimSize", "Given", "JointResult", "MaxPoolTap", "MaxUnpool",
      "RuntimeScalar", "Scan",
          "SumUnpool", "TapPool");

  @Test
  void everyOpIsReachableFromAPrimitiveOrInternal() throws Exception {
    String bound = Files.readString(source("Primitives")) + Files.readString(source("ShapePrimitives"))
        + Files.readString(source("WindowPrimitives")) + Files.readString(source("EinsumPattern"))
        + Files.readString(source("Operators")) + Files.readString(source("Broadcasting"));
    Set<String> lost = new TreeSet<>();
    for (String op : opClasses()) {
      if (!bound.contains("new " + op + "(") && !INTERNAL.contains(op)) {
        lost.add(op);
      }
    }
    assertThat(lost).as("ops that nothing makes").isEmpty();
  }

  private static Path source(String type) {
    return Path.of("src/main/java/org/dlm/compiler/op/" + type + ".java");
  }

  private static Set<String> opClasses() throws IOException, ClassNotFoundException {
    Set<String> ops = new TreeSet<>();
    try (Stream<Path> files = Files.list(Path.of("src/main/java/org/dlm/compiler/op"))) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString().replace(".java", "");
        Class<?> type = Class.forName("org.dlm.compiler.op." + name);
        if (Op.class.isAssignableFrom(type)) {
          ops.add(name);
        }
      }
    }
    return ops;
  }

  @Test
  void aPrimitiveForEveryPointwiseFunction() {
    Map<String, String> renamed = new HashMap<>(Map.of("and", "logical_and", "or", "logical_or", "not", "logical_not"));
    for (ScalarFn function : ScalarFn.ALL) {
      assertThat(Primitives.ALL).containsKey(renamed.getOrDefault(function.name(), function.name()));
    }
  }
}
