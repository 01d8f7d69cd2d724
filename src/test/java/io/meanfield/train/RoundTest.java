package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class RoundTest {
  private static RoundPlan plan(int steps, int sync) {
    return new RoundPlan(sync, steps);
  }

  @Provide
  Arbitrary<Integer> intervals() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(1, 100), Arbitraries.just(AveragingSettings.EPOCH));
  }

  @Property
  void roundsAndTheirPartsCoverEveryStepOnce(
      @ForAll @IntRange(min = 1, max = 500) int steps,
      @ForAll("intervals") int sync,
      @ForAll("intervals") int averaging) {
    List<Integer> covered =
        plan(steps, sync).epoch(1).stream()
            .flatMap(round -> round.parts(averaging).stream())
            .flatMap(part -> IntStream.range(part.firstStep(), part.endStep()).boxed())
            .toList();
    assertThat(covered).isEqualTo(IntStream.range(0, steps).boxed().toList());
  }

  @Property
  void roundNumbersAreConsecutiveThroughAllEpochs(
      @ForAll @IntRange(min = 1, max = 50) int steps, @ForAll("intervals") int sync) {
    RoundPlan plan = plan(steps, sync);
    List<Integer> numbers = new ArrayList<>();
    for (int epoch = 1; epoch <= 7; epoch++) {
      plan.epoch(epoch).forEach(round -> numbers.add(round.number()));
    }
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
  }

  @Example
  void everyEpochIntervalGivesOneRound() {
    assertThat(plan(329, AveragingSettings.EPOCH).epoch(3))
        .containsExactly(new Round(3, 3, 0, 329));
  }
}
