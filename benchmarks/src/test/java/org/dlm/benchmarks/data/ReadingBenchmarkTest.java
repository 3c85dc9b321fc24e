package org.dlm.benchmarks.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class ReadingBenchmarkTest {
  @Test
  void everyEpochReadsAllBatchesInAnotherOrder() throws IOException {
    ReadingBenchmark benchmark = new ReadingBenchmark();
    benchmark.options = ",augment=crop(2)";
    benchmark.count = 640;
    benchmark.prepare();
    double first = benchmark.epoch();
    double second = benchmark.epoch();
    benchmark.remove();
    assertThat(first).isBetween(0.0, 10.0).isNotEqualTo(second);
  }
}
