package io.meanfield.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ColumnDriftTest {
  private static final long MANY = 1_000_000_000L;

  @Test
  void indexOfManyValuesIsTheSumOverTheBins() {
    // (1/4 - 1/2) ln(1/2) + (3/4 - 1/2) ln(3/2) = ln(3) / 4
    assertThat(ColumnDrift.index(new long[] {2 * MANY, 2 * MANY}, new long[] {MANY, 3 * MANY}))
        .isCloseTo(Math.log(3) / 4, within(1e-8));
  }

  @Test
  void emptyBinCountsAsHalfAValue() {
    // 0.5 of 11 values become 5.5, and 10.5 become 5.5.
    assertThat(ColumnDrift.index(new long[] {0, 10}, new long[] {5, 5}))
        .isCloseTo(5.0 / 11 * (Math.log(5.5 / 0.5) - Math.log(5.5 / 10.5)), within(1e-12));
  }

  @Test
  void differenceByChanceOfSmallSamplesIsAboutItsExpectation() {
    // Counts one standard deviation from their expectation, up and down in turn: chi-squared over
    // n, which is (k - 1) / n for k bins of a sample of n and a large reference.
    long[] reference = LongStream.generate(() -> 100 * MANY).limit(10).toArray();
    long[] found = LongStream.range(0, 10).map(i -> 100 + (i % 2 == 0 ? 10 : -10)).toArray();
    assertThat(ColumnDrift.index(reference, found)).isCloseTo(0.01, within(0.0005));
  }

  @Property
  void indexIsSymmetricAndNotNegative(
      @ForAll @Size(5) List<@LongRange(min = 0, max = MANY) Long> one,
      @ForAll @Size(5) List<@LongRange(min = 0, max = MANY) Long> other) {
    double index = ColumnDrift.index(counts(one), counts(other));
    assertThat(index).isNotNegative();
    assertThat(ColumnDrift.index(counts(other), counts(one))).isCloseTo(index, within(1e-9));
    assertThat(ColumnDrift.index(counts(one), counts(one))).isZero();
  }

  private static long[] counts(List<Long> counts) {
    return counts.stream().mapToLong(Long::longValue).toArray();
  }
}
