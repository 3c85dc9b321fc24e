package org.dlm.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RouteTest {
  @Test
  void halvesOfFewPiecesAreAlike() {
    assertThat(Route.evenGrain(18, 2)).isEqualTo(1);
    assertThat(Route.evenGrain(32, 7)).isEqualTo(4);
    assertThat(Route.evenGrain(32, 2)).isEqualTo(2);
    assertThat(Route.evenGrain(7, 7)).isEqualTo(7);
    assertThat(Route.evenGrain(1, 1)).isEqualTo(1);
  }

  @Test
  void neitherOfTwoCoresGetsMore() {
    for (int count = 1; count <= 70; count++) {
      for (int grain = 1; grain <= count; grain++) {
        int even = Route.evenGrain(count, grain);
        assertThat(even).isBetween(1, grain);
        assertThat(more(count, even)).as(count + " by " + grain).isLessThanOrEqualTo(more(count, grain));
      }
    }
  }

  /** What the core that has more to do begins with. */
  private static int more(int count, int grain) {
    int first = Math.min(count, Math.ceilDiv(count, grain) / 2 * grain);
    return Math.max(first, count - first);
  }
}
