package org.dlm.tests.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.dlm.runtime.FloatTensor;
import org.dlm.runtime.Model;
import org.dlm.runtime.Program;
import org.dlm.runtime.kernel.Pool;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random numbers of models: their distribution, and that seed, step and place alone decide them. */
@Tag("lanes")
class DistributionTest {
  private static final int N = 100_003;
  private static final String TEXT = """
      package chance
      layer Draws() {
        drop = Dropout(0.2)
        fn uniforms(x: [N]) -> [N] = uniform_like(x)
        fn again(x: [N]) -> (a: [N], b: [N]) = (uniform_like(x), uniform_like(x))
        fn normals(x: [N]) -> [N] = normal_like(x)
        fn coins(x: [N]) -> [N] = bernoulli(0.3, like = x)
        fn never(x: [N]) -> [N] = bernoulli(0.0, like = x)
        fn always(x: [N]) -> [N] = bernoulli(1.0, like = x)
        fn dropped(x: [N]) -> [N] = drop(x)
      }
      model Chance = Draws()
      """;

  private static Model model;

  @BeforeAll
  static void compile() {
    GoldenCase of = new GoldenCase("chance", "chance.dlm", "chance", "Chance", TEXT, Map.of(), Map.of());
    model = GeneratedCode.compile(Compiled.java(of, List.of()).files()).model("chance.Chance");
  }

  private static float[] draw(String function, long seed, long step, int result) {
    Program program = model.function(function).training();
    float[] ones = new float[N];
    Arrays.fill(ones, 1f);
    program.bind(new FloatTensor(ones, N));
    program.random(seed, step);
    program.run();
    return ((FloatTensor) program.output(result)).data().clone();
  }

  private static double moment(float[] numbers, double centre, int power) {
    double sum = 0;
    for (float number : numbers) {
      sum += Math.pow(number - centre, power);
    }
    return sum / numbers.length;
  }

  private static double correlation(float[] a, float[] b, int shift) {
    double sum = 0;
    double ma = moment(a, 0, 1);
    double mb = moment(b, 0, 1);
    for (int i = shift; i < a.length; i++) {
      sum += (a[i] - ma) * (b[i - shift] - mb);
    }
    return sum / a.length / Math.sqrt(moment(a, ma, 2) * moment(b, mb, 2));
  }

  /** Counts in 50 equal parts of [0, 1) against their expectation; 100 is the quantile 0.99998 of the distribution. */
  private static double chiSquared(double[] probabilities) {
    int[] counts = new int[50];
    for (double p : probabilities) {
      counts[Math.min(49, (int) (p * 50))]++;
    }
    double expected = probabilities.length / 50.0;
    return Arrays.stream(counts).mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
  }

  @Test
  void uniformIsEvenlySpread() {
    float[] u = draw("uniforms", 5, 1, 0);
    double[] p = new double[N];
    for (int i = 0; i < N; i++) {
      assertThat(u[i]).isGreaterThanOrEqualTo(0f).isLessThan(1f);
      p[i] = u[i];
    }
    assertThat(chiSquared(p)).isBetween(15.0, 100.0);
    assertThat(moment(u, 0, 1)).isCloseTo(0.5, within(0.004));
    assertThat(moment(u, 0.5, 2)).isCloseTo(1 / 12.0, within(0.001));
    assertThat(correlation(u, u, 1)).isCloseTo(0, within(0.015));
  }

  @Test
  void normalHasItsShape() {
    float[] z = draw("normals", 5, 1, 0);
    double[] p = new double[N];
    for (int i = 0; i < N; i++) {
      p[i] = 0.5 * (1 + org.dlm.runtime.lanes.ScalarMath.erf(z[i] / (float) Math.sqrt(2)));
    }
    assertThat(chiSquared(p)).isBetween(15.0, 100.0);
    assertThat(moment(z, 0, 1)).isCloseTo(0, within(0.013));
    assertThat(moment(z, 0, 2)).isCloseTo(1, within(0.02));
    assertThat(moment(z, 0, 3)).isCloseTo(0, within(0.05));
    assertThat(moment(z, 0, 4)).isCloseTo(3, within(0.15));
    assertThat(correlation(z, z, 1)).isCloseTo(0, within(0.015));
  }

  @Test
  void bernoulliHasItsShare() {
    float[] coins = draw("coins", 5, 1, 0);
    for (float coin : coins) {
      assertThat(coin == 0f || coin == 1f).isTrue();
    }
    assertThat(moment(coins, 0, 1)).isCloseTo(0.3, within(0.006));
    assertThat(moment(draw("never", 5, 1, 0), 0, 1)).isZero();
    assertThat(moment(draw("always", 5, 1, 0), 0, 1)).isEqualTo(1);
  }

  @Test
  void dropoutKeepsTheMean() {
    float[] kept = draw("dropped", 5, 1, 0);
    for (float value : kept) {
      assertThat(value == 0f || value == 1.25f).isTrue();
    }
    assertThat(moment(kept, 0, 1)).isCloseTo(1, within(0.007));
  }

  @Test
  void seedStepAndPlaceDecide() {
    float[] first = draw("uniforms", 5, 1, 0);
    assertThat(draw("uniforms", 5, 1, 0)).isEqualTo(first);
    assertThat(correlation(draw("uniforms", 6, 1, 0), first, 0)).isCloseTo(0, within(0.015));
    assertThat(correlation(draw("uniforms", 5, 2, 0), first, 0)).isCloseTo(0, within(0.015));
    assertThat(correlation(draw("again", 5, 1, 0), draw("again", 5, 1, 1), 0)).isCloseTo(0, within(0.015));
    int threads = Pool.threads();
    try {
      Pool.threads(1);
      assertThat(draw("uniforms", 5, 1, 0)).isEqualTo(first);
      Pool.threads(3);
      assertThat(draw("uniforms", 5, 1, 0)).isEqualTo(first);
    } finally {
      Pool.threads(threads);
    }
  }
}
