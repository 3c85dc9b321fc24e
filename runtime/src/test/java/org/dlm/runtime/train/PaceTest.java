package org.dlm.runtime.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void nothingIsSaidOfTheFirstBatch() {
    Pace pace = new Pace();
    assertThat(pace.left(100, 1)).isNaN();
    pace.batch(1.5);
    assertThat(pace.left(100, 1)).isNaN();
    pace.batch(0.1);
    assertThat(pace.left(100, 1)).isCloseTo(10, within(1e-9));
  }

  @Test
  void slowFirstStepsAreSoonForgotten() {
    Pace pace = new Pace();
    pace.batch(2);
    for (int i = 0; i < 10; i++) {
      pace.batch(0.2);
    }
    for (int i = 0; i < 400; i++) {
      pace.batch(0.01);
    }
    // the mean of all would be 0.019
    assertThat(pace.left(1000, 0)).isBetween(10.0, 11.5);
  }

  @Test
  void laterASlowMomentChangesLittle() {
    Pace pace = new Pace();
    for (int i = 0; i < 60_000; i++) {
      pace.batch(0.01);
    }
    pace.batch(1);
    assertThat(pace.left(1000, 0)).isBetween(10.0, 10.3);
  }

  @Test
  void testsBetweenEpochsCount() {
    Pace pace = new Pace();
    pace.batch(1);
    pace.batch(1);
    pace.between(3);
    pace.between(5);
    assertThat(pace.left(10, 2)).isCloseTo(18, within(1e-9));
  }
}
