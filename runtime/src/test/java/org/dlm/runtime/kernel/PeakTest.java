package org.dlm.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PeakTest {
  @Test
  void someOperationsASecondOnOneThreadAndAtLeastAsManyOnAll() {
    Peak.Rates rates = Peak.measure();
    assertThat(rates.oneThread()).isBetween(0.05, 1000.0);
    assertThat(rates.allThreads()).isBetween(rates.oneThread(), Pool.threads() * 1000.0);
  }
}
