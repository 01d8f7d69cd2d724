package io.meanfield.data.parquet.rowgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Buffers of many large columns are small, and small columns are read as a whole. */
class BufferSizesTest {
  private static final long MIB = 1 << 20;

  @Test
  void columnsOfASmallRowGroupAreReadAsAWhole() {
    assertThat(BufferSizes.of(List.of(20 * MIB, 12 * MIB, 0L)))
        .containsExactly(20 << 20, 12 << 20, 1);
  }

  @Test
  void columnsOfALargeRowGroupShareTheMemory() {
    assertThat(BufferSizes.of(Collections.nCopies(32, 4 * MIB)))
        .containsOnly((1 << 20) - 16)
        .hasSize(32);
    assertThat(BufferSizes.of(List.of(300L, 40 * MIB))).containsExactly(300, (8 << 20) - 16);
  }

  @Test
  void readOfOneOfVeryManyColumnsIsNotTooSmall() {
    assertThat(BufferSizes.of(Collections.nCopies(10_000, MIB))).containsOnly((64 << 10) - 16);
  }
}
