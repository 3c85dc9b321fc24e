package org.dlm.benchmarks.kernels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A benchmark of wrong answers is worth nothing: small shapes of each kind against loops in double precision. */
class ContractionBenchmarkTest {
  @ParameterizedTest
  @ValueSource(strings = {"linear 5 7 9", "scores 3 6 4", "forward 2 3 4 5", "input 2 3 4 5", "weight 2 3 4 5",
      "forward 2 32 32 12", "input 2 32 32 12", "weight 4 32 32 12"})
  void computesWhatItSays(String shape) {
    ContractionBenchmark benchmark = new ContractionBenchmark();
    benchmark.shape = shape;
    benchmark.prepare();
    float[] out = benchmark.run();
    double[] expected = expected(shape, benchmark.leftAndRight()[0], benchmark.leftAndRight()[1], out.length);
    for (int i = 0; i < out.length; i++) {
      assertThat((double) out[i]).as(shape + " element " + i).isCloseTo(expected[i], within(1e-3));
    }
  }

  /** Its transforms are timed with the products between them. */
  @ParameterizedTest
  @ValueSource(strings = {"forward 2 32 32 12", "forward 8 64 64 32"})
  void largeConvolutionsAreWinograds(String shape) {
    ContractionBenchmark benchmark = new ContractionBenchmark();
    benchmark.shape = shape;
    benchmark.prepare();
    assertThat(benchmark.way()).startsWith("Winograd");
  }

  private static double[] expected(String shape, float[] left, float[] right, int size) {
    String[] words = shape.split(" ");
    int[] n = java.util.Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
    return switch (words[0]) {
      case "linear" -> products(1, n[0], n[1], n[2], left, right);
      case "scores" -> products(n[0], n[1], n[1], n[2], left, right);
      default -> convolution(words[0], n[0], n[1], n[2], n[3], left, right, size);
    };
  }

  private static double[] products(int batch, int rows, int columns, int depth, float[] left, float[] right) {
    double[] out = new double[batch * rows * columns];
    for (int i = 0; i < out.length; i++) {
      int b = i / (rows * columns);
      int row = b * rows + i / columns % rows;
      int column = b * columns + i % columns;
      for (int k = 0; k < depth; k++) {
        out[i] += (double) left[row * depth + k] * right[column * depth + k];
      }
    }
    return out;
  }

  /** All three from one walk over what takes part in a 3x3 convolution with padding 1. */
  private static double[] convolution(String kind, int n, int o, int c, int s, float[] left, float[] right, int size) {
    double[] out = new double[size];
    for (int i = 0; i < n * o * s * s; i++) {
      for (int k = 0; k < c * 9; k++) {
        int y = i / s % s + k / 3 % 3 - 1;
        int x = i % s + k % 3 - 1;
        if (y < 0 || y >= s || x < 0 || x >= s) {
          continue;
        }
        int channel = k / 9;
        int filter = i / (s * s) % o;
        int image = i / (s * s * o);
        int weight = (filter * c + channel) * 9 + k % 9;
        int input = ((image * c + channel) * s + y) * s + x;
        switch (kind) {
          case "forward" -> out[i] += (double) left[weight] * right[input];
          case "weight" -> out[weight] += (double) left[i] * right[input];
          // the gradient by the input is a convolution with mirrored windows: the mirror image of this walk
          case "input" -> {
            int mirrored = (filter * c + channel) * 9 + 8 - k % 9;
            out[input] += (double) left[mirrored] * right[i];
          }
          default -> throw new IllegalArgumentException(kind);
        }
      }
    }
    return out;
  }
}
