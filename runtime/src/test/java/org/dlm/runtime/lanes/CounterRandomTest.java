package org.dlm.runtime.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;

class CounterRandomTest {
  @Test
  void knownAnswersOfTheRandom123Library() {
    assertThat(CounterRandom.threefry(0, 0, 0)).isEqualTo(0x99ba4efe_6b200159L);
    assertThat(CounterRandom.threefry(-1, -1, -1)).isEqualTo(0xbb002be7_1cb996fcL);
    assertThat(CounterRandom.threefry(0x03707344_13198a2eL, 0x243f6a88, 0x85a308d3)).isEqualTo(0x483df7a0_c4923a9cL);
  }

  @Test
  void uniformNumbersHaveTheirMomentsAndBounds() {
    int n = 200_000;
    double sum = 0;
    double squares = 0;
    long key = CounterRandom.key(42, 7, 3);
    for (int i = 0; i < n; i++) {
      float u = CounterRandom.uniform(key, i);
      assertThat(u >= 0 && u < 1).isTrue();
      sum += u;
      squares += u * u;
    }
    assertThat(sum / n).isCloseTo(0.5, within(0.003));
    assertThat(squares / n).isCloseTo(1 / 3.0, within(0.003));
  }

  @Test
  void normalNumbersHaveTheirMomentsAndTails() {
    int n = 200_000;
    double[] moments = new double[5];
    int beyondTwo = 0;
    for (int i = 0; i < n; i++) {
      double x = CounterRandom.normal(1, 2, 3, i);
      for (int m = 1; m < 5; m++) {
        moments[m] += Math.pow(x, m) / n;
      }
      beyondTwo += Math.abs(x) > 2 ? 1 : 0;
    }
    assertThat(moments[1]).isCloseTo(0, within(0.01));
    assertThat(moments[2]).isCloseTo(1, within(0.02));
    assertThat(moments[3]).isCloseTo(0, within(0.04));
    assertThat(moments[4]).isCloseTo(3, within(0.1));
    assertThat(beyondTwo / (double) n).isCloseTo(0.0455, within(0.002));
  }

  @Test
  void logarithmAndCosineAreAccurate() {
    for (int i = 1; i <= 1 << 24; i += 4099) {
      float x = i * 0x1p-24f;
      assertThat((double) CounterRandom.log(x)).isCloseTo(Math.log(x), within(1e-7 + 2e-7 * Math.abs(Math.log(x))));
      float t = (i - 1) * 0x1p-24f;
      assertThat((double) CounterRandom.cosOfTurns(t)).isCloseTo(Math.cos(2 * Math.PI * t), within(3e-7));
    }
    assertThat(CounterRandom.log(1)).isEqualTo(0);
  }

  @Test
  void seedStepSiteAndIndexEachMatter() {
    float u = CounterRandom.uniform(1, 2, 3, 4);
    assertThat(CounterRandom.uniform(1, 2, 3, 4)).isEqualTo(u);
    assertThat(CounterRandom.uniform(2, 2, 3, 4)).isNotEqualTo(u);
    assertThat(CounterRandom.uniform(1, 3, 3, 4)).isNotEqualTo(u);
    assertThat(CounterRandom.uniform(1, 2 + (1L << 32), 3, 4)).isNotEqualTo(u);
    assertThat(CounterRandom.uniform(1, 2, 4, 4)).isNotEqualTo(u);
    assertThat(CounterRandom.uniform(1, 2, 3, 5)).isNotEqualTo(u);
  }

  @Test
  void lanesDrawTheSameBits() {
    assumeTrue(LaneChoice.VECTOR);
    long key = CounterRandom.key(-5, 1L << 40, 9);
    float[] uniform = new float[1007];
    float[] normal = new float[1007];
    RandomLanes.fillUniform(key, 123, uniform, 4, 1003);
    RandomLanes.fillNormal(key, Integer.MAX_VALUE - 500, normal, 4, 1003);
    for (int i = 0; i < 1003; i++) {
      assertThat(uniform[4 + i]).isEqualTo(CounterRandom.uniform(key, 123 + i));
      assertThat(normal[4 + i]).isEqualTo(CounterRandom.normal(key, Integer.MAX_VALUE - 500 + i));
    }
  }
}
