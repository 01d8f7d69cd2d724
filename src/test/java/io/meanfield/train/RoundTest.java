package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.train.AveragingInterval.EveryEpoch;
import io.meanfield.train.AveragingInterval.EveryNBatches;
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
  private static RoundPlan plan(int steps, AveragingInterval sync) {
    return new RoundPlan(sync, steps);
  }

  @Provide
  Arbitrary<AveragingInterval> intervals() {
    return Arbitraries.oneOf(
        Arbitraries.just(new EveryEpoch()),
        Arbitraries.integers().between(1, 100).map(EveryNBatches::new),
        Arbitraries.just(new EveryNBatches(Integer.MAX_VALUE)));
  }

  @Property
  void roundsAndTheirPartsCoverEveryStepOnce(
      @ForAll @IntRange(min = 1, max = 500) int steps,
      @ForAll("intervals") AveragingInterval sync,
      @ForAll("intervals") AveragingInterval averaging) {
    List<Integer> covered =
        plan(steps, sync).epoch(1).stream()
            .flatMap(round -> round.parts(averaging).stream())
            .flatMap(part -> IntStream.range(part.firstStep(), part.endStep()).boxed())
            .toList();
    assertThat(covered).isEqualTo(IntStream.range(0, steps).boxed().toList());
  }

  @Property
  void roundNumbersAreConsecutiveThroughAllEpochs(
      @ForAll @IntRange(min = 1, max = 50) int steps, @ForAll("intervals") AveragingInterval sync) {
    RoundPlan plan = plan(steps, sync);
    List<Integer> numbers = new ArrayList<>();
    for (int epoch = 1; epoch <= 7; epoch++) {
      plan.epoch(epoch).forEach(round -> numbers.add(round.number()));
    }
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
  }

  @Example
  void everyEpochIntervalGivesOneRound() {
    assertThat(plan(329, new EveryEpoch()).epoch(3)).containsExactly(new Round(3, 3, 0, 329));
  }

  @Example
  void intervalIsAtLeastOneMinibatch() {
    assertThatThrownBy(() -> new EveryNBatches(0))
        .hasMessage("an interval must be at least 1 minibatch, found 0");
  }
}
