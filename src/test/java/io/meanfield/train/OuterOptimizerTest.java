package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meanfield.error.UserException;
import io.meanfield.network.IndexRange;
import io.meanfield.network.LearnerState;
import io.meanfield.train.OuterOptimizer.Nesterov;
import io.meanfield.train.OuterOptimizer.None;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class OuterOptimizerTest {
  private static final Round ROUND = new Round(3, 17, 0, 10);

  private static LearnerState learner(float... weights) {
    return new LearnerState(weights, new float[] {5, 6}, 40, 2);
  }

  @Provide
  Arbitrary<Float> weights() {
    return Arbitraries.oneOf(
        Arbitraries.floats().between(-10, 10),
        Arbitraries.of(0f, -0f, Float.MIN_VALUE, -Float.MIN_VALUE, 1e-30f, 1e30f, -1e30f));
  }

  @Property
  void learningRate1WithoutMomentumGivesTheBitsOfTheMean(
      @ForAll("weights") float startWeight, @ForAll("weights") float meanWeight) {
    LearnerState mean = learner(meanWeight);
    TrainingState state =
        new Nesterov(1, 0)
            .step(ROUND, new TrainingState(learner(startWeight), new float[] {3}), mean, List.of());
    assertThat(Float.floatToRawIntBits(state.learner().weights()[0]))
        .isEqualTo(Float.floatToRawIntBits(meanWeight));
  }

  @Property
  void noneReturnsTheMeanItself(
      @ForAll("weights") float startWeight, @ForAll("weights") float meanWeight) {
    LearnerState mean = learner(meanWeight);
    TrainingState state =
        new None().step(ROUND, TrainingState.initial(learner(startWeight)), mean, List.of());
    assertThat(state.learner()).isSameAs(mean);
    assertThat(state.outerMomentum()).isEmpty();
  }

  @Example
  void nesterovFollowsTheFormulaOfDiLoCo() {
    Nesterov nesterov = new Nesterov(0.5, 0.5);
    // d = 2, v = 2, w = 10 - 0.5 * (2 + 0.5 * 2)
    TrainingState first =
        nesterov.step(ROUND, TrainingState.initial(learner(10, 1)), learner(8, 1), List.of());
    assertThat(first.learner().weights()).containsExactly(8.5f, 1);
    assertThat(first.outerMomentum()).containsExactly(2, 0);
    // d = 0.5, v = 1 + 0.5, w = 8.5 - 0.5 * (0.5 + 0.5 * 1.5)
    TrainingState second = nesterov.step(ROUND, first, learner(8, 1), List.of());
    assertThat(second.learner().weights()).containsExactly(7.875f, 1);
    assertThat(second.outerMomentum()).containsExactly(1.5f, 0);
  }

  @Example
  void momentumContinuesInARoundWithoutChange() {
    TrainingState moving = new TrainingState(learner(10), new float[] {4});
    assertThat(new Nesterov(1, 0.5).step(ROUND, moving, learner(10), List.of()).learner().weights())
        .containsExactly(9);
  }

  @Example
  void optimizerStateAndCountersAreThoseOfTheMean() {
    LearnerState mean = new LearnerState(new float[] {1}, new float[] {7}, 60, 2);
    LearnerState stepped =
        new Nesterov(0.7, 0.9)
            .step(ROUND, TrainingState.initial(learner(2)), mean, List.of())
            .learner();
    assertThat(stepped.optimizerState()).containsExactly(7);
    assertThat(stepped.iteration()).isEqualTo(60);
    assertThat(stepped.epoch()).isEqualTo(2);
  }

  @Example
  void stepToInfiniteWeightsNamesRoundAndSettings() {
    assertThatThrownBy(
            () ->
                new Nesterov(100, 0.9)
                    .step(ROUND, TrainingState.initial(learner(3e38f)), learner(-3e38f), List.of()))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "training diverged: in round 17 of epoch 3 the outer optimizer left weights that are"
                + " not finite (learning rate 100.0, momentum 0.9); lower"
                + " train.outer-optimizer.learning-rate or momentum");
  }

  @Example
  void runningMeansAndDeviationsAreThoseOfTheMean() {
    Nesterov nesterov = new Nesterov(0.7, 0.9);
    TrainingState start = TrainingState.initial(learner(10, 10, 10));
    TrainingState stepped =
        nesterov.step(ROUND, start, learner(8, 8, 8), List.of(new IndexRange(1, 2)));
    assertThat(stepped.learner().weights()[1]).isEqualTo(8);
    assertThat(stepped.learner().weights()[0]).isNotEqualTo(8);
    assertThat(stepped.outerMomentum()).containsExactly(2, 0, 2);
  }
}
