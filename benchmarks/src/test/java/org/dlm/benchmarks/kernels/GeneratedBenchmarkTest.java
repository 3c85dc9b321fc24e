package org.dlm.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the generated kernels compute, against loops in double precision on small shapes. */
class GeneratedBenchmarkTest {
  @ParameterizedTest
  @ValueSource(strings = {"softmax 5 19", "norm 5 19", "maxpool 2 3 6 8", "avgpool 2 3 6 8"})
  void computesWhatItSays(String kernel) {
    GeneratedBenchmark benchmark = benchmark(kernel);
    benchmark.run();
    float[] x = benchmark.input();
    float[] out = benchmark.output();
    boolean rows = kernel.endsWith("5 19");
    assertThat(out).hasSize(rows ? 5 * 19 : 2 * 3 * 3 * 4);
    for (int i = 0; i < out.length; i++) {
      double expected = rows ? row(kernel, x, i) : pooled(kernel, x, i);
      assertThat((double) out[i]).as(kernel + " element " + i).isCloseTo(expected, within(1e-5));
    }
  }

  private static double row(String kernel, float[] x, int i) {
    int start = i / 19 * 19;
    double sum = 0;
    double mean = 0;
    double squares = 0;
    for (int k = start; k < start + 19; k++) {
      sum += Math.exp(x[k]);
      mean += x[k] / 19.0;
    }
    for (int k = start; k < start + 19; k++) {
      squares += (x[k] - mean) * (x[k] - mean) / 19;
    }
    return kernel.startsWith("softmax") ? Math.exp(x[i]) / sum : (x[i] - mean) / Math.sqrt(squares + 1e-5);
  }

  private static double pooled(String kernel, float[] x, int i) {
    int at = i / 12 * 48 + i % 12 / 4 * 16 + i % 4 * 2;
    double a = x[at];
    double b = x[at + 1];
    double c = x[at + 8];
    double d = x[at + 9];
    return kernel.startsWith("max") ? Math.max(Math.max(a, b), Math.max(c, d)) : (a + b + c + d) / 4;
  }

  @Test
  void adamFollowsItsRule() {
    GeneratedBenchmark benchmark = benchmark("adam 1003");
    float[] before = benchmark.output();
    float[] gradient = benchmark.gradients().clone();
    assertThat(gradient).containsSequence(benchmark.input()); // which begins where the first parameter does
    benchmark.run();
    benchmark.run();
    float[] after = benchmark.output();
    for (int i = 0; i < after.length; i++) {
      double expected = before[i];
      double m = 0;
      double v = 0;
      for (int step = 1; step <= 2; step++) {
        m = 0.9 * m + 0.1 * gradient[i];
        v = 0.999 * v + 0.001 * gradient[i] * gradient[i];
        expected -= 1e-3 * (m / (1 - Math.pow(0.9, step))) / (Math.sqrt(v / (1 - Math.pow(0.999, step))) + 1e-8);
      }
      assertThat((double) after[i]).as("parameter " + i).isCloseTo(expected, within(1e-5));
    }
  }

  private static GeneratedBenchmark benchmark(String kernel) {
    GeneratedBenchmark benchmark = new GeneratedBenchmark();
    benchmark.kernel = kernel;
    benchmark.prepare();
    return benchmark;
  }
}
