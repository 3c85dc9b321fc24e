package org.dlm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingDisplayTest {
  @Test
  void timesAreShort() {
    assertThat(TrainingDisplay.time(0.2)).isEqualTo("1 s");
    assertThat(TrainingDisplay.time(59)).isEqualTo("59 s");
    assertThat(TrainingDisplay.time(65.4)).isEqualTo("1:06 min");
    assertThat(TrainingDisplay.time(7260)).isEqualTo("2:01 h");
  }

  @Test
  void oneIsNoPlural() {
    assertThat(TrainingDisplay.count(1, "epoch")).isEqualTo("1 epoch");
    assertThat(TrainingDisplay.count(61_706, "parameter")).isEqualTo("61,706 parameters");
  }
}
