package io.meanfield.data.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlatTableTest {
  @Test
  void rangesOfALargeTableAreSixteenForEachCore() {
    assertThat(FlatTable.groupRows(1_600_000_000L, 100)).isEqualTo(1_000_000);
  }

  @Test
  void rangesOfAMediumTableHaveEightBatchesOfRows() {
    assertThat(FlatTable.groupRows(200_000, 2)).isEqualTo(8 * 1024);
  }

  @Test
  void rangesOfASmallTableAreFourForEachCore() {
    assertThat(FlatTable.groupRows(8_000, 2)).isEqualTo(1_000);
    assertThat(FlatTable.groupRows(3, 2)).isEqualTo(1);
  }
}
