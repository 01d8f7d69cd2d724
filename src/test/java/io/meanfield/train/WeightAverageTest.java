package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import io.meanfield.train.WeightAverage.Exponential;
import io.meanfield.train.WeightAverage.LastEpochs;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class WeightAverageTest {
  private static final List<IndexRange> NO_DEVIATIONS = List.of();

  private static LearnerState learner(int iteration, float... weights) {
    return new LearnerState(weights, new float[] {1, 2}, iteration, 0);
  }

  private static TrainingState round(
      WeightAverage average, TrainingState start, LearnerState end, List<IndexRange> deviations) {
    return start
        .with(end, start.outerMomentum())
        .withWeightHistory(average.afterRound(start, end, deviations));
  }

  private static TrainingState begin(WeightAverage average, TrainingState start) {
    return start.withWeightHistory(average.afterEpochBegan(start));
  }

  private static float average(WeightAverage average, TrainingState state) {
    return average.average(state, NO_DEVIATIONS).orElseThrow()[0];
  }

  /**
   * Rounds of several lengths against the definition: the weights after minibatch {@code i} of
   * {@code N} count {@code decay^(N - i)}, where those of a whole round are those of its end.
   */
  @Property(tries = 200)
  void exponentialAverageWeighsTheMinibatchesByAge(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 60) Integer> lengths,
      @ForAll @FloatRange(min = 0.5f, max = 0.99f) float decay) {
    WeightAverage average = new Exponential(decay);
    TrainingState state = TrainingState.initial(learner(0, 99));
    List<Float> afterMinibatch = new ArrayList<>();
    for (int length : lengths) {
      float weight = (float) Math.sin(afterMinibatch.size() + length);
      for (int i = 0; i < length; i++) {
        afterMinibatch.add(weight);
      }
      state = round(average, state, learner(afterMinibatch.size(), weight), NO_DEVIATIONS);
      state = begin(average, state.atEpoch(1)); // an epoch changes nothing
    }
    double sum = 0;
    double total = 0;
    for (int i = 0; i < afterMinibatch.size(); i++) {
      double share = Math.pow(decay, afterMinibatch.size() - 1 - i);
      sum += share * afterMinibatch.get(i);
      total += share;
    }
    assertThat((double) average(average, state)).isCloseTo(sum / total, within(1e-5));
  }

  @Example
  void lastEpochsAreAveragedWithoutEarlierOnes() {
    WeightAverage average = new LastEpochs(3);
    TrainingState state = TrainingState.initial(learner(0, 99));
    float[] means = new float[5];
    for (int epoch = 1; epoch <= 5; epoch++) {
      state = begin(average, state);
      state = round(average, state, learner(20 * epoch - 10, 7777), NO_DEVIATIONS);
      state = round(average, state, learner(20 * epoch, 1 << epoch), NO_DEVIATIONS);
      means[epoch - 1] = average(average, state);
    }
    assertThat(means).containsExactly(2, 3, (2 + 4 + 8) / 3f, (4 + 8 + 16) / 3f, 56 / 3f);
    assertThat(state.weightHistory()).hasSize(2);
    assertThat(average.model(state, NO_DEVIATIONS).optimizerState()).containsExactly(1, 2);
  }

  /** Deviations 1 and 10: the mean of the variances 1 and 100 is 50.5. */
  @Example
  void runningDeviationsAreAveragedAsVariances() {
    List<IndexRange> deviations = List.of(new IndexRange(1, 2));
    TrainingState first =
        round(
            new LastEpochs(2),
            TrainingState.initial(learner(0, 0, 0)),
            learner(1, 4, 0),
            deviations);
    TrainingState second =
        begin(new LastEpochs(2), first).with(learner(2, 6, 1), first.outerMomentum());
    float expected = (float) (Math.log10(50.5) / 2);
    assertThat(new LastEpochs(2).average(second, deviations).orElseThrow())
        .containsExactly(new float[] {5, expected}, within(1e-6f));

    // A decay close to 1 gives both rounds the same share.
    WeightAverage ema = new Exponential(1 - 1e-9);
    TrainingState one =
        round(ema, TrainingState.initial(learner(0, 0, 0)), learner(1, 4, 0), deviations);
    TrainingState two = round(ema, one, learner(2, 6, 1), deviations);
    assertThat(ema.average(two, deviations).orElseThrow())
        .containsExactly(new float[] {5, expected}, within(1e-6f));
  }

  @Example
  void withoutAnAverageTheModelHasTheLastWeights() {
    TrainingState state = TrainingState.initial(learner(5, 3));
    assertThat(new WeightAverage.None().model(state, NO_DEVIATIONS)).isSameAs(state.learner());
  }
}
