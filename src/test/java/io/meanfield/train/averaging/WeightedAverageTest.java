package io.meanfield.train.averaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WeightedAverageTest {
  private static WeightedState of(long examples, float... weights) {
    return new WeightedState(new LearnerState(weights, weights, (int) examples, 1), examples);
  }

  @Property
  void meanOfOneStateHasItsBits(@ForAll float[] weights, @ForAll @IntRange(min = 1) int examples) {
    WeightedState alone = of(examples, weights);
    LearnerState mean =
        WeightedAverage.of(List.of(alone, of(0, new float[weights.length])), List.of())
            .orElseThrow();
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
    assertThat(WeightedAverage.of(equal, List.of()).orElseThrow().weights()).isEqualTo(weights);
  }

  @Example
  void statesAreWeightedByExamples() {
    LearnerState mean =
        WeightedAverage.of(List.of(of(300, 1, 0), of(100, 5, 8)), List.of()).orElseThrow();
    assertThat(mean.weights()).containsExactly(2, 2);
  }

  @Example
  void statesWithoutExamplesAreLeftOut() {
    LearnerState mean =
        WeightedAverage.of(List.of(of(10, 1), of(0, Float.NaN), of(10, 3)), List.of())
            .orElseThrow();
    assertThat(mean.weights()).containsExactly(2);
  }

  @Example
  void iterationIsTheLargestOfTheStates() {
    assertThat(
            WeightedAverage.of(List.of(of(10, 1), of(12, 1)), List.of()).orElseThrow().iteration())
        .isEqualTo(12);
  }

  @Example
  void meanIsEmptyIfNoStateHasExamples() {
    assertThat(WeightedAverage.of(List.of(of(0, 1)), List.of())).isEmpty();
  }

  @Example
  void runningDeviationsAreAveragedAsVariances() {
    // Deviations 1 and 3, variances 1 and 9: with weights 3 and 1 their mean is 3.
    float[] first = {5, 0, 7};
    float[] second = {9, (float) Math.log10(3), 7};
    float[] mean =
        WeightedAverage.of(List.of(of(30, first), of(10, second)), List.of(new IndexRange(1, 2)))
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
            WeightedAverage.of(List.of(of(3, alone), of(5, alone)), List.of(new IndexRange(0, 1)))
                .orElseThrow()
                .weights())
        .isEqualTo(alone);
  }
}
