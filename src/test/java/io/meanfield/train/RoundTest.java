package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.train.Frequency.Every;
import io.meanfield.train.Frequency.OnceAnEpoch;
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
  private static RoundPlan plan(int steps, Frequency sync, WarmPhase warmPhase) {
    return new RoundPlan(
        new TrainSettings(
            1,
            1,
            1,
            1,
            new OnceAnEpoch(),
            sync,
            warmPhase,
            TrainSettings.OptimizerState.AVERAGE,
            new OuterOptimizer.None(),
            EarlyStopping.OFF,
            Augmentation.OFF),
        steps);
  }

  @Provide
  Arbitrary<Frequency> frequencies() {
    return Arbitraries.oneOf(
        Arbitraries.just(new OnceAnEpoch()),
        Arbitraries.integers().between(1, 100).map(Every::new),
        Arbitraries.just(new Every(Integer.MAX_VALUE)));
  }

  @Property
  void roundsAndTheirPartsCoverEveryStepOnce(
      @ForAll @IntRange(min = 1, max = 500) int steps,
      @ForAll("frequencies") Frequency sync,
      @ForAll("frequencies") Frequency averaging) {
    List<Integer> covered =
        plan(steps, sync, WarmPhase.NONE).epoch(1).stream()
            .flatMap(round -> round.parts(averaging).stream())
            .flatMap(part -> IntStream.range(part.firstStep(), part.endStep()).boxed())
            .toList();
    assertThat(covered).isEqualTo(IntStream.range(0, steps).boxed().toList());
  }

  @Property
  void numbersRunThroughAllEpochsWhateverTheirRounds(
      @ForAll @IntRange(min = 1, max = 50) int steps,
      @ForAll("frequencies") Frequency sync,
      @ForAll("frequencies") Frequency warm,
      @ForAll @IntRange(max = 5) int warmEpochs) {
    RoundPlan plan = plan(steps, sync, new WarmPhase(warmEpochs, warm));
    List<Integer> numbers = new ArrayList<>();
    for (int epoch = 1; epoch <= 7; epoch++) {
      plan.epoch(epoch).forEach(round -> numbers.add(round.number()));
    }
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
  }

  @Example
  void warmPhaseHasMoreRoundsAnEpochThanTheRest() {
    RoundPlan plan = plan(329, new Every(50), new WarmPhase(2, new Every(10)));
    assertThat(plan.epoch(2)).hasSize(33);
    assertThat(plan.epoch(2).get(0)).isEqualTo(new Round(2, 34, 0, 10));
    assertThat(plan.epoch(3)).hasSize(7);
    assertThat(plan.epoch(3).get(0)).isEqualTo(new Round(3, 67, 0, 50));
    assertThat(plan.epoch(4).get(6)).isEqualTo(new Round(4, 80, 300, 329));
  }

  @Example
  void onceAnEpochIsOneRound() {
    assertThat(plan(329, new OnceAnEpoch(), WarmPhase.NONE).epoch(3))
        .containsExactly(new Round(3, 3, 0, 329));
  }
}
