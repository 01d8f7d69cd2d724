package io.meanfield.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WeightedAverageTest {
  private static WeightedState of(long examples, float... weights) {
    return new WeightedState(new LearnerState(weights, weights, (int) examples, 1), examples);
  }

  private static Optional<LearnerState> mean(
      List<WeightedState> states, List<IndexRange> logDeviations) {
    return WeightedAverage.of(states, logDeviations, 1);
  }

  @Property
  void meanOfOneStateHasItsBits(@ForAll float[] weights, @ForAll @IntRange(min = 1) int examples) {
    WeightedState alone = of(examples, weights);
    LearnerState mean =
        mean(List.of(alone, of(0, new float[weights.length])), List.of()).orElseThrow();
    assertThat(mean.weights()).isEqualTo(weights);
    assertThat(mean.optimizerState()).isEqualTo(weights);
  }

  @Property
  void meanOfEqualStatesHasTheirBits(
      @ForAll @Size(min = 1, max = 20) float[] weights,
      @ForAll @IntRange(min = 1, max = 9) int workers) {
    List<WeightedState> equal = new ArrayList<>(Collections.nCopies(workers, of(64, weights)));
    equal.add(of(31, weights));
    for (int i = 0; i < weights.length; i++) {
      if (!Float.isFinite(weights[i])) {
        return;
      }
    }
    assertThat(mean(equal, List.of()).orElseThrow().weights()).isEqualTo(weights);
  }

  @Example
  void statesAreWeightedByExamples() {
    LearnerState mean = mean(List.of(of(300, 1, 0), of(100, 5, 8)), List.of()).orElseThrow();
    assertThat(mean.weights()).containsExactly(2, 2);
  }

  @Example
  void statesWithoutExamplesAreLeftOut() {
    LearnerState mean =
        mean(List.of(of(10, 1), of(0, Float.NaN), of(10, 3)), List.of()).orElseThrow();
    assertThat(mean.weights()).containsExactly(2);
  }

  @Example
  void iterationIsTheLargestOfTheStates() {
    assertThat(mean(List.of(of(10, 1), of(12, 1)), List.of()).orElseThrow().iteration())
        .isEqualTo(12);
  }

  @Example
  void meanIsEmptyIfNoStateHasExamples() {
    assertThat(mean(List.of(of(0, 1)), List.of())).isEmpty();
  }

  @Example
  void runningDeviationsAreAveragedAsVariances() {
    // Deviations 1 and 3, variances 1 and 9: with weights 3 and 1 their mean is 3.
    float[] first = {5, 0, 7};
    float[] second = {9, (float) Math.log10(3), 7};
    float[] mean =
        mean(List.of(of(30, first), of(10, second)), List.of(new IndexRange(1, 2)))
            .orElseThrow()
            .weights();
    assertThat(mean[0]).isEqualTo(6);
    assertThat((double) mean[1]).isCloseTo(Math.log10(Math.sqrt(3)), within(1e-7));
    assertThat(mean[2]).isEqualTo(7);
  }

  @Property
  void equalRunningDeviationsKeepTheirBits(@ForAll float logDeviation) {
    float[] alone = {logDeviation};
    assertThat(
            mean(List.of(of(3, alone), of(5, alone)), List.of(new IndexRange(0, 1)))
                .orElseThrow()
                .weights())
        .isEqualTo(alone);
  }

  @Property(tries = 20)
  void numberOfThreadsChangesNoBit(
      @ForAll Random random,
      @ForAll @IntRange(min = 200_000, max = 300_000) int size,
      @ForAll @IntRange(min = 2, max = 9) int threads) {
    List<WeightedState> states =
        IntStream.of(64, 31, 0, 128).mapToObj(examples -> random(random, examples, size)).toList();
    List<IndexRange> logDeviations =
        List.of(new IndexRange(0, 3), new IndexRange(2040, 2060), new IndexRange(size - 1, size));
    LearnerState alone = mean(states, logDeviations).orElseThrow();
    LearnerState parallel = WeightedAverage.of(states, logDeviations, threads).orElseThrow();
    assertThat(parallel.weights()).isEqualTo(alone.weights());
    assertThat(parallel.optimizerState()).isEqualTo(alone.optimizerState());
  }

  private static WeightedState random(Random random, long examples, int size) {
    return new WeightedState(
        new LearnerState(random(random, size), random(random, 2 * size), 1, 1), examples);
  }

  private static float[] random(Random random, int size) {
    float[] numbers = new float[size];
    for (int i = 0; i < size; i++) {
      numbers[i] = random.nextFloat() - 0.5f;
    }
    return numbers;
  }
}
