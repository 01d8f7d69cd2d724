package io.meanfield.data.prepared;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BatchedStatisticsTest {
  private static final int PHOTO = 3 * 224 * 224; // 2.4 million bytes of statistics

  @Test
  void narrowExamplesAreOneBatch() {
    assertThat(BatchedStatistics.batch(10_000, 10_000, 784)).isEqualTo(10_000);
  }

  @Test
  void batchOfWideExamplesHasAtMost128MebibytesOfStatistics() {
    assertThat(BatchedStatistics.batch(40_000, 40_000, PHOTO)).isEqualTo(55);
    assertThat(BatchedStatistics.batch(40_000, 4_000, PHOTO)).isEqualTo(5);
  }

  @Test
  void batchHasAtLeastOnePartition() {
    assertThat(BatchedStatistics.batch(40_000, 1, PHOTO)).isEqualTo(1);
    assertThat(BatchedStatistics.batch(1, 64, PHOTO)).isEqualTo(55);
  }
}
