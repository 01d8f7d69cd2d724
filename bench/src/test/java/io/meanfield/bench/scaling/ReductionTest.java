package io.meanfield.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class ReductionTest {
  private static final long SLICE = 4L << 20;

  private static Reduction reduction(int tasks, long stateBytes) {
    return new Reduction(
        new SimulatedCluster(CostsFixture.infiniteNetwork(1), 1, UsageListener.NONE),
        CostsFixture.none(),
        tasks,
        stateBytes,
        1);
  }

  @Property
  void tasksOwnEachByteOnce(
      @ForAll @IntRange(min = 1, max = 200) int tasks,
      @ForAll @LongRange(min = 1, max = 500_000_000) long stateBytes) {
    Reduction reduction = reduction(tasks, stateBytes);
    assertThat(IntStream.range(0, tasks).mapToLong(reduction::ownBytes).sum())
        .isEqualTo(stateBytes);
  }

  @Property
  void noTaskOwnsMoreThanOneSliceAboveItsShare(
      @ForAll @IntRange(min = 1, max = 200) int tasks,
      @ForAll @LongRange(min = 1, max = 500_000_000) long stateBytes) {
    Reduction reduction = reduction(tasks, stateBytes);
    long slices = (stateBytes + SLICE - 1) / SLICE;
    long largest = (slices + tasks - 1) / tasks * SLICE;
    assertThat(IntStream.range(0, tasks).mapToLong(reduction::ownBytes).max().orElseThrow())
        .isLessThanOrEqualTo(largest);
  }
}
