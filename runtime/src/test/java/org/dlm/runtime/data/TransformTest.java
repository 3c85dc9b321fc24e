package org.dlm.runtime.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dlm.runtime.store.RandomStream;
import org.junit.jupiter.api.Test;

class TransformTest {
  private static final float[] IMAGE = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  private static Set<List<Float>> outcomes(Transform transform, float[] from, int... shape) {
    Set<List<Float>> seen = new HashSet<>();
    for (int seed = 0; seed < 300; seed++) {
      float[] to = new float[from.length];
      Arrays.fill(to, Float.NaN);
      transform.apply(from, to, shape, new RandomStream(seed));
      Float[] boxed = new Float[to.length];
      Arrays.setAll(boxed, i -> to[i]);
      seen.add(Arrays.asList(boxed));
    }
    return seen;
  }

  private static List<Float> list(float... values) {
    Float[] boxed = new Float[values.length];
    Arrays.setAll(boxed, i -> values[i]);
    return Arrays.asList(boxed);
  }

  @Test
  void cropsComeFromEverywhere() {
    assertThat(outcomes(new Transform.Crop(1), IMAGE, 1, 3, 3)).hasSize(9).contains(list(1, 2, 3, 4, 5, 6, 7, 8, 9),
        list(0, 0, 0, 0, 1, 2, 0, 4, 5), list(5, 6, 0, 8, 9, 0, 0, 0, 0), list(0, 0, 0, 2, 3, 0, 5, 6, 0));
    assertThat(outcomes(new Transform.Crop(4), IMAGE, 1, 3, 3)).as("also quite outside").hasSize(26);
  }

  @Test
  void flipsExchangeLeftAndRight() {
    assertThat(outcomes(new Transform.Flip(), IMAGE, 1, 3, 3)).containsExactlyInAnyOrder(
        list(1, 2, 3, 4, 5, 6, 7, 8, 9), list(3, 2, 1, 6, 5, 4, 9, 8, 7));
  }

  @Test
  void rotationTurnsAroundTheMiddle() {
    assertThat(outcomes(new Transform.Rotate(0), IMAGE, 1, 3, 3)).containsExactly(list(IMAGE));
    for (List<Float> turned : outcomes(new Transform.Rotate(90), IMAGE, 1, 3, 3)) {
      assertThat(turned.get(4)).isEqualTo(5);
      assertThat(turned.get(1)).as("above the middle comes what was on either side of it").isBetween(0f, 6.1f);
      double opposite = turned.get(1) + turned.get(7) - 10;
      assertThat(opposite).as("the picture is a plane, so opposite pixels add up").isCloseTo(0, within(1e-4));
    }
  }

  @Test
  void masksBlankNeighbours() {
    float[] ones = new float[12];
    Arrays.fill(ones, 1);
    for (List<Float> masked : outcomes(new Transform.Mask(0, 2), ones, 4, 3)) {
      long steps = java.util.stream.IntStream.range(0, 4).filter(t -> masked.subList(3 * t, 3 * t + 3).equals(list(0, 0, 0))).count();
      assertThat(masked.stream().filter(v -> v == 0).count()).isEqualTo(3 * steps).isLessThanOrEqualTo(6);
    }
    assertThat(outcomes(new Transform.Mask(0, 2), ones, 4, 3)).as("none, 4 of one, 3 of two").hasSize(8);
    assertThat(outcomes(new Transform.Mask(1, 1), ones, 4, 3)).hasSize(4)
        .contains(list(1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0, 1));
  }

  @Test
  void mixedPairsAreToldWithTheirShares() throws Exception {
    float[] x = {0, 10, 20, 30};
    Examples examples = new Examples("made", List.of(new Column.Floats("x", x), new Column.Ints("label", new int[] {0, 1, 2, 3})));
    TransformedSource mixed = new TransformedSource(examples, List.of(), null, 0.4);
    assertThat(mixed.columns()).extracting(Column::name).containsExactly("x", "label", "label_mixed", "mixed");
    Example example = new Example(mixed.columns());
    Set<Integer> partners = new HashSet<>();
    try (DataSource.Pass pass = mixed.pass(PassOrder.shuffled(0, 0)); DataSource.Pass plain = mixed.pass(PassOrder.AS_THEY_COME)) {
      for (int i = 0; i < 4; i++) {
        pass.next(example);
        float share = example.floats(3)[0];
        assertThat(share).isBetween(0f, 1f);
        assertThat(example.floats(0)[0]).isCloseTo(10 * (share * example.ints(1)[0] + (1 - share) * example.ints(2)[0]), within(1e-4f));
        partners.add(example.ints(2)[0]);
        plain.next(example);
        assertThat(example.floats(3)[0]).isEqualTo(1);
        assertThat(example.floats(0)[0]).isEqualTo(10 * i);
      }
    }
    assertThat(partners.size()).isGreaterThan(1);
    RandomStream random = new RandomStream(3);
    double[] draws = new double[4000];
    Arrays.setAll(draws, i -> TransformedSource.beta(random, 0.5));
    double mean = Arrays.stream(draws).average().orElse(0);
    assertThat(mean).isCloseTo(0.5, within(0.02));
    assertThat(Arrays.stream(draws).map(d -> (d - mean) * (d - mean)).average().orElse(0))
        .as("variance of Beta(a, a): 1 / (4 (2 a + 1))").isCloseTo(0.125, within(0.006));
  }
}
