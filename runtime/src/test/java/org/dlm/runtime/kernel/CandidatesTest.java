package org.dlm.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.dlm.runtime.kernel.Contraction.axis;
import static org.dlm.runtime.kernel.Contraction.window;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way to run a product gives its numbers, however unlikely it is to be taken, the same bits on any threads. */
class CandidatesTest {
  private final int before = Pool.threads();

  @AfterEach
  void restore() {
    Pool.threads(before);
  }

  /** A contraction and the sizes of its operands. */
  record Sample(Contraction.Builder builder, int left, int right, int out) {
    @Override
    public String toString() {
      return builder.describe().name();
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        new Sample(Contraction.named("matrix").row("m", 20).column("n", 70).depth("k", 90)
            .left(axis("m", 90), axis("k", 1)).right(axis("n", 90), axis("k", 1)).out(axis("m", 70), axis("n", 1)),
            1800, 6300, 1400),
        new Sample(Contraction.named("one row").row("m", 1).column("n", 64).depth("k", 50)
            .left(axis("m", 50), axis("k", 1)).right(axis("n", 1), axis("k", 64)).out(axis("m", 64), axis("n", 1)),
            50, 3200, 64),
        new Sample(Contraction.named("long").row("m", 6).column("n", 9).depth("b", 20).depth("k", 64)
            .left(axis("m", 64), axis("b", 6 * 64), axis("k", 1)).right(axis("n", 64), axis("b", 9 * 64), axis("k", 1))
            .out(axis("m", 9), axis("n", 1)), 20 * 6 * 64, 20 * 9 * 64, 54),
        convolution("convolution", 17, 8, 5, 9), convolution("wide", 2, 16, 16, 12), gradient(17, 8, 5, 9));
  }

  private static Sample convolution(String name, int n, int o, int c, int s) {
    return new Sample(Contraction.named(name).batch("n", n).row("o", o).column("y", s).column("x", s).depth("c", c)
        .depth("ky", 3).depth("kx", 3).left(axis("o", c * 9), axis("c", 9), axis("ky", 3), axis("kx", 1))
        .right(axis("n", c * s * s), axis("c", s * s), window("y", "ky", s, s).padding(1),
            window("x", "kx", s, 1).padding(1))
        .out(axis("n", o * s * s), axis("o", s * s), axis("y", s), axis("x", 1)), o * c * 9, n * c * s * s,
        n * o * s * s);
  }

  private static Sample gradient(int n, int o, int c, int s) {
    return new Sample(Contraction.named("filters").row("o", o).column("c", c).column("ky", 3).column("kx", 3)
        .depth("n", n).depth("y", s).depth("x", s)
        .left(axis("o", s * s), axis("n", o * s * s), axis("y", s), axis("x", 1))
        .right(axis("c", s * s), axis("n", c * s * s), window("ky", "y", s, s).padding(1),
            window("kx", "x", s, 1).padding(1))
        .out(axis("o", c * 9), axis("c", 9), axis("ky", 3), axis("kx", 1)), n * o * s * s, n * c * s * s, o * c * 9);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void allWaysGiveTheSameNumbers(Sample sample) {
    float[] left = random(sample.left());
    float[] right = random(sample.right());
    double[] expected = PlainContraction.run(sample.builder().describe(), left, 0, right, 0,
        new float[sample.out()], 0);
    for (Candidates candidates : Candidates.of(sample.builder())) {
      assertThat(candidates.names()).hasSizeGreaterThan(3).doesNotHaveDuplicates().contains(candidates.usual());
      for (String name : candidates.names()) {
        float[] out = run(candidates.plan(name), left, right, sample.out(), 1);
        for (int i = 0; i < out.length; i++) {
          assertThat((double) out[i]).as(sample + " as " + name + ", element " + i)
              .isCloseTo(expected[i], within(2e-3));
        }
        assertThat(run(candidates.plan(name), left, right, sample.out(), 3)).as(sample + " as " + name).isEqualTo(out);
      }
    }
  }

  private static float[] run(Contraction contraction, float[] left, float[] right, int size, int threads) {
    Pool.threads(threads);
    float[] out = new float[size];
    contraction.run(left, 0, right, 0, out, 0, null);
    return out;
  }

  private static float[] random(int size) {
    Random random = new Random(size);
    float[] numbers = new float[size + 32];
    for (int i = 0; i < size; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return Arrays.copyOf(numbers, numbers.length);
  }

  @Test
  void aMeasuredWayIsTaken() {
    Contraction.Builder builder = convolution("convolution", 17, 8, 5, 9).builder();
    Candidates candidates = Candidates.of(builder).getFirst();
    for (String name : candidates.names()) {
      Choices choices = Choices.of(Map.of(candidates.shape(), name));
      assertThat(builder.plan(new Workspace(choices)).toString()).isEqualTo(candidates.plan(name).toString());
      choices.whilePlanning(() ->
          assertThat(builder.plan(new Workspace()).toString()).isEqualTo(candidates.plan(name).toString()));
    }
  }

  @Test
  void whatWasMeasuredElsewhereOrIsUnknownDoesNotCount() {
    Contraction.Builder builder = convolution("convolution", 17, 8, 5, 9).builder();
    Candidates candidates = Candidates.of(builder).getFirst();
    String usual = builder.plan(new Workspace()).toString();
    String other = candidates.names().stream().filter(n -> !candidates.plan(n).toString().equals(usual)).findFirst()
        .orElseThrow();
    assertThat(planned(builder, ThisMachine.NAME, candidates.shape(), other)).isNotEqualTo(usual);
    assertThat(planned(builder, "a machine of another kind", candidates.shape(), other)).isEqualTo(usual);
    assertThat(planned(builder, ThisMachine.NAME, candidates.shape(), "by magic")).isEqualTo(usual);
    assertThat(planned(builder, ThisMachine.NAME, "row 1, places 00000000", other)).isEqualTo(usual);
  }

  private static String planned(Contraction.Builder builder, String machine, String shape, String route) {
    return builder.plan(new Workspace(Choices.measuredOn(machine, shape, route))).toString();
  }

  /** Winograd's algorithm is no candidate where every product is to be summed, whatever was measured. */
  @Test
  void exactlyMeansNoWinograd() {
    Contraction.Builder builder = convolution("wide", 2, 16, 16, 12).builder();
    String shape = Candidates.of(builder).getFirst().shape();
    assertThat(planned(builder, ThisMachine.NAME, shape, "Winograd")).isEqualTo("Winograd");
    Exactness.exact(true);
    try {
      assertThat(planned(builder, ThisMachine.NAME, shape, "Winograd")).isNotEqualTo("Winograd");
      assertThat(Candidates.of(builder).getFirst().names()).doesNotContain("Winograd");
    } finally {
      Exactness.exact(false);
    }
  }

  @Test
  void shapesSayWhatIsSummedAndTellPlacesApart() {
    Contraction.Builder matrix = Contraction.named("a").row("m", 20).column("n", 70).depth("k", 90)
        .left(axis("m", 90), axis("k", 1)).right(axis("n", 90), axis("k", 1)).out(axis("m", 70), axis("n", 1));
    Contraction.Builder across = Contraction.named("a").row("m", 20).column("n", 70).depth("k", 90)
        .left(axis("m", 90), axis("k", 1)).right(axis("n", 1), axis("k", 70)).out(axis("m", 70), axis("n", 1));
    Contraction.Builder renamed = Contraction.named("b").row("i", 20).column("j", 70).depth("c", 90)
        .left(axis("i", 90), axis("c", 1)).right(axis("j", 90), axis("c", 1)).out(axis("i", 70), axis("j", 1));
    String shape = Candidates.of(matrix).getFirst().shape();
    assertThat(shape).startsWith("row 20, column 70, depth 90, places ");
    assertThat(Candidates.of(across).getFirst().shape()).isNotEqualTo(shape);
    assertThat(Candidates.of(renamed).getFirst().shape()).isEqualTo(shape);
  }
}
