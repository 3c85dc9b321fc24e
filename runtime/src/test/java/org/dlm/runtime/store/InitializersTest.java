package org.dlm.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.dlm.runtime.Initializer;
import org.dlm.runtime.Tensor;
import org.junit.jupiter.api.Test;

class InitializersTest {
  // From an implementation of SplitMix64 and Box-Muller in another language.
  private static final float[] GOLDEN_UNIFORM = {0.34329190850257874f, 0.9557467103004456f, 0.48634952306747437f};
  private static final float[] GOLDEN_NORMAL = {0.8818545937538147f, 1.0524628162384033f, 1.370003581047058f};

  private static float[] fill(Initializer initializer, int... shape) {
    float[] data = new float[Tensor.size(shape) + 2];
    initializer.fill(data, 1, shape, 42);
    assertThat(data[0]).isZero();
    assertThat(data[data.length - 1]).isZero();
    return java.util.Arrays.copyOfRange(data, 1, data.length - 1);
  }

  private static double[] moments(float[] data) {
    double mean = IntStream.range(0, data.length).mapToDouble(i -> data[i]).average().orElseThrow();
    double square = IntStream.range(0, data.length).mapToDouble(i -> (data[i] - mean) * (data[i] - mean)).average().orElseThrow();
    return new double[] {mean, Math.sqrt(square)};
  }

  @Test
  void constants() {
    assertThat(fill(Initializers.zeros(), 2, 2)).containsOnly(0);
    assertThat(fill(Initializers.ones(), 2, 2)).containsOnly(1);
    assertThat(fill(Initializers.full(2.5), 3)).containsOnly(2.5f);
    assertThat(fill(Initializers.eye(), 2, 3)).containsExactly(1, 0, 0, 0, 1, 0);
    assertThatThrownBy(() -> fill(Initializers.eye(), 4)).hasMessageContaining("matrix");
  }

  @Test
  void distributionsHaveTheirMoments() {
    int n = 200_000;
    double[] uniform = moments(fill(Initializers.uniform(-1, 3), n));
    assertThat(uniform[0]).isCloseTo(1, within(0.02));
    assertThat(uniform[1]).isCloseTo(4 / Math.sqrt(12), within(0.01));
    for (float v : fill(Initializers.uniform(-1, 3), n)) {
      assertThat(v).isBetween(-1f, 3f);
    }
    double[] normal = moments(fill(Initializers.normal(2, 0.5), n));
    assertThat(normal[0]).isCloseTo(2, within(0.01));
    assertThat(normal[1]).isCloseTo(0.5, within(0.005));
    assertThat(moments(fill(Initializers.heNormal(50), n))[1]).isCloseTo(0.2, within(0.002));
    assertThat(moments(fill(Initializers.heUniform(50), n))[1]).isCloseTo(0.2, within(0.002));
    assertThat(moments(fill(Initializers.glorotNormal(20, 30), n))[1]).isCloseTo(0.2, within(0.002));
    assertThat(moments(fill(Initializers.glorotUniform(20, 30), n))[1]).isCloseTo(0.2, within(0.002));
  }

  @Test
  void truncatedNormalStaysWithinTwo() {
    float[] data = fill(Initializers.truncatedNormal(1.5), 50_000);
    for (float v : data) {
      assertThat(Math.abs(v)).isLessThanOrEqualTo(2);
    }
    // Of a normal cut at a = 2 / 1.5: std² = 1.5² (1 - 2 a φ(a) / (2 Φ(a) - 1)).
    assertThat(moments(data)[1]).isCloseTo(1.0229, within(0.01));
    assertThat(moments(fill(Initializers.truncatedNormal(2.5), 50_000))[1]).isCloseTo(1.1060, within(0.01));
    assertThat(moments(fill(Initializers.truncatedNormal(1e9), 50_000))[1]).isCloseTo(4 / Math.sqrt(12), within(0.01));
    assertThat(fill(Initializers.truncatedNormal(0), 3)).containsOnly(0);
  }

  @Test
  void orthogonalVectorsAreOrthonormal() {
    for (int[] shape : new int[][] {{5, 12}, {12, 5}, {4, 3, 2, 2}, {6, 6}}) {
      float[] q = fill(Initializers.orthogonal(), shape);
      int rows = shape[0];
      int columns = q.length / rows;
      boolean wide = rows <= columns;
      for (int i = 0; i < Math.min(rows, columns); i++) {
        for (int j = 0; j < Math.min(rows, columns); j++) {
          double dot = 0;
          for (int k = 0; k < Math.max(rows, columns); k++) {
            dot += wide ? q[i * columns + k] * q[j * columns + k] : q[k * columns + i] * q[k * columns + j];
          }
          assertThat(dot).isCloseTo(i == j ? 1 : 0, within(1e-6));
        }
      }
    }
  }

  @Test
  void theSameOnEveryMachine() {
    float[] uniform = fill(Initializers.uniform(0, 1), 3);
    assertThat(uniform).containsExactly(GOLDEN_UNIFORM);
    assertThat(fill(Initializers.normal(0, 1), 3)).containsExactly(GOLDEN_NORMAL);
  }

  @Test
  void streamsDiffer() {
    float[] a = new float[4];
    float[] b = new float[4];
    Initializers.normal(0, 1).fill(a, 0, new int[] {4}, 1);
    Initializers.normal(0, 1).fill(b, 0, new int[] {4}, 2);
    assertThat(a).doesNotContain(b);
  }

  @Test
  void belowIsEven() {
    int[] counts = new int[7];
    RandomStream random = new RandomStream(3);
    for (int i = 0; i < 70_000; i++) {
      counts[random.below(7)]++;
    }
    for (int count : counts) {
      assertThat(count).isBetween(9_600, 10_400);
    }
  }
}
