package org.dlm.runtime.lanes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

class LanesTest {
  @Test
  void sumsAndProductsOfLanesHaveTheSameBitsInterpretedAndCompiled() {
    assumeTrue(LaneChoice.VECTOR);
    Random random = new Random(3);
    float[] values = new float[Lanes.width()];
    for (int turn = 0; turn < 100_000; turn++) {
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat() * 2 - 1;
      }
      FloatVector v = FloatVector.fromArray(Lanes.FLOATS, values, 0);
      if (Lanes.sum(v) != folded(values, true) || Lanes.product(v) != folded(values, false)) {
        assertThat(Lanes.sum(v)).as("sum, turn %s", turn).isEqualTo(folded(values, true));
        assertThat(Lanes.product(v)).as("product, turn %s", turn).isEqualTo(folded(values, false));
      }
    }
  }

  private static float folded(float[] values, boolean sum) {
    float[] left = values.clone();
    for (int half = left.length / 2; half > 0; half /= 2) {
      for (int i = 0; i < half; i++) {
        left[i] = sum ? left[i] + left[i + half] : left[i] * left[i + half];
      }
    }
    return left[0];
  }
}
