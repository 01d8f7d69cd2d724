package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.network.LearningRateSchedule;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class QuadraticSynchronizationTest {
  private static final double BASE = 0.1;

  private static int minibatches(double alpha, int atLeast, double rate) {
    return new QuadraticSynchronization(alpha, atLeast).minibatches(() -> rate, 1_000_000);
  }

  private static RoundPlan plan(SyncInterval interval, int steps, LearningRateSchedule schedule) {
    return new RoundPlan(
        TestSettings.plain().syncInterval(interval).averaging(),
        steps,
        (epoch, step) -> schedule.decayingRate(BASE, (epoch - 1) * steps + step));
  }

  /** alpha = 0.25 and rates that are powers of two, so that the squares are exact. */
  @Example
  void lengthIsTheSquareOfAlphaDividedByTheLearningRate() {
    assertThat(minibatches(0.25, 4, 0.5)).isEqualTo(4);
    assertThat(minibatches(0.25, 4, 0.125)).isEqualTo(4);
    assertThat(minibatches(0.25, 4, 0.0625)).isEqualTo(16);
    assertThat(minibatches(0.25, 1, 0.125)).isEqualTo(4);
    assertThat(minibatches(0.25, 1, 0.1)).isEqualTo(6); // floor(6.25)
    assertThat(minibatches(0.25, 7, 0.1)).isEqualTo(7);
  }

  @Example
  void learningRateOf0MakesTheRoundAsLongAsPossible() {
    assertThat(minibatches(0.25, 4, 0)).isEqualTo(1_000_000);
    assertThat(minibatches(1e5, 4, Double.MIN_VALUE)).isEqualTo(1_000_000);
  }

  @Example
  void roundsBecomeLongerWithEachStepOfTheSchedule() {
    LearningRateSchedule halved = new LearningRateSchedule.Step(100, 0.5);
    RoundPlan plan = plan(new QuadraticSynchronization(0.2, 4), 100, halved);
    assertThat(plan.epoch(1)).hasSize(25); // (0.2 / 0.1)^2 = 4 minibatches
    assertThat(plan.epoch(2)).hasSize(7).contains(new Round(2, 26, 0, 16));
    assertThat(plan.epoch(3)).containsExactly(new Round(3, 33, 0, 64), new Round(3, 34, 64, 100));
    assertThat(plan.epoch(4)).containsExactly(new Round(4, 35, 0, 100)); // 256 minibatches
  }

  @Example
  void earlierEpochsAreCountedOnce() {
    AtomicInteger asked = new AtomicInteger();
    RoundPlan plan =
        new RoundPlan(
            TestSettings.plain().syncInterval(new QuadraticSynchronization(0.1, 1)).averaging(),
            10,
            (epoch, step) -> {
              asked.incrementAndGet();
              return BASE;
            });
    for (int epoch = 1; epoch <= 100; epoch++) {
      assertThat(plan.epoch(epoch).get(9).number()).isEqualTo(10 * epoch);
    }
    assertThat(plan.epoch(3).get(0).number()).isEqualTo(21);
    assertThat(asked).hasValue(10 * (100 + 99 + 1)); // divided, counted before the next, again
  }

  @Example
  void warmUpHasTheRoundsOfItsEnd() {
    LearningRateSchedule warmUp =
        new LearningRateSchedule.WarmUp(50, new LearningRateSchedule.Cosine(1000, 0));
    RoundPlan plan = plan(new QuadraticSynchronization(0.35, 4), 100, warmUp);
    assertThat(plan.epoch(1).get(0)).isEqualTo(new Round(1, 1, 0, 12)); // floor((0.35 / 0.1)^2)
  }

  @Provide
  Arbitrary<LearningRateSchedule> schedules() {
    Arbitrary<Integer> steps = Arbitraries.integers().between(1, 400);
    Arbitrary<LearningRateSchedule> decays =
        Arbitraries.oneOf(
            Arbitraries.just(new LearningRateSchedule.Constant()),
            steps.map(count -> new LearningRateSchedule.Step(count, 0.3)),
            steps.map(count -> new LearningRateSchedule.Exponential(count, 0.5)),
            steps.map(count -> new LearningRateSchedule.Cosine(count, 0)));
    return Arbitraries.oneOf(
        decays, Combinators.combine(steps, decays).as(LearningRateSchedule.WarmUp::new));
  }

  @Property(tries = 300)
  void everyStepIsInOneRoundAndNumbersAreConsecutive(
      @ForAll("schedules") LearningRateSchedule schedule,
      @ForAll @IntRange(min = 1, max = 120) int steps,
      @ForAll @IntRange(min = 1, max = 150) int atLeast) {
    RoundPlan plan = plan(new QuadraticSynchronization(0.5, atLeast), steps, schedule);
    List<Integer> numbers = new ArrayList<>();
    int longest = 0;
    for (int epoch = 1; epoch <= 5; epoch++) {
      List<Round> rounds = plan.epoch(epoch);
      assertThat(rounds.stream().flatMapToInt(r -> IntStream.range(r.firstStep(), r.endStep())))
          .containsExactlyElementsOf(IntStream.range(0, steps).boxed().toList());
      rounds.forEach(round -> numbers.add(round.number()));
      for (Round round : rounds.subList(0, rounds.size() - 1)) {
        assertThat(round.endStep() - round.firstStep()).isGreaterThanOrEqualTo(longest);
        longest = round.endStep() - round.firstStep();
      }
    }
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(1, numbers.size()).boxed().toList());
  }
}
