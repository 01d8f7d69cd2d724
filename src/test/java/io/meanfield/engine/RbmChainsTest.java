package io.meanfield.engine;

import static io.meanfield.engine.RbmTraining.CHAINS;
import static io.meanfield.engine.RbmTraining.HIDDEN;
import static io.meanfield.engine.RbmTraining.SMALL;
import static io.meanfield.engine.RbmTraining.TOLERANCE;
import static io.meanfield.engine.RbmTraining.VISIBLE;
import static io.meanfield.engine.RbmTraining.assertStep;
import static io.meanfield.engine.RbmTraining.examples;
import static io.meanfield.engine.RbmTraining.network;
import static io.meanfield.engine.RbmTraining.rbm;
import static io.meanfield.engine.RbmTraining.state;
import static io.meanfield.engine.RbmTraining.states;
import static io.meanfield.engine.RbmTraining.steps;
import static io.meanfield.engine.RbmTraining.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.ContrastiveDivergence;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the Gibbs chains of a layer {@code rbm} with the enumerated ones. */
class RbmChainsTest {
  // Large weights mix slowly, so that the number of steps and the start of a chain matter.
  private static final SmallRbm SLOW = SmallRbm.random(VISIBLE, HIDDEN, 12).times(4);
  private static final SmallRbm STRONG = SMALL.times(3);
  private static final int MANY = 40; // steps until the chains have forgotten the examples
  private static final int OTHER_EXAMPLE = 1;

  // The standard error of a mean of numbers in 0..1 over 2^15 chains is at most 0.0028.
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void meanStepOfManyChainsIsThatOfTheEnumeratedChain(int steps) {
    double[] expected = gradientAfter(steps);
    for (int other : List.of(1, 2, 5)) {
      if (other != steps) {
        assertThat(distance(expected, gradientAfter(other))).isGreaterThan(2 * TOLERANCE);
      }
    }
    assertStep(expected, gradientOfTheLayer(steps));
  }

  /** Returns the gradient after a number of Gibbs steps from the examples. */
  private static double[] gradientAfter(int steps) {
    double[] chains = examples();
    for (int step = 0; step < steps; step++) {
      chains = SLOW.gibbsStep(chains);
    }
    return SLOW.gradient(examples(), chains);
  }

  private static double[] gradientOfTheLayer(int steps) {
    return with(
        rbm(ContrastiveDivergence.CD, steps),
        SLOW.weights(),
        learner -> {
          learner.pretrain(0, states(CHAINS, RbmTraining::example, 42));
          return steps(SLOW.weights(), learner);
        });
  }

  private static double distance(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElse(0);
  }

  @Test
  void manyStepsGiveTheGradientOfTheLogLikelihood() {
    double[] expected = SLOW.gradient(examples(), SLOW.equilibrium());
    assertThat(distance(expected, gradientAfter(MANY))).isLessThan(TOLERANCE / 4);
    assertThat(distance(expected, gradientAfter(5))).isGreaterThan(2 * TOLERANCE);
    assertStep(expected, gradientOfTheLayer(MANY));
  }

  @Test
  void persistentChainsContinueFromOneMinibatchToTheNext() {
    double[] once = STRONG.gibbsStep(examples());
    double[] first = STRONG.gradient(examples(), once);
    double[] moved = STRONG.weights().clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] -= first[i];
    }
    SmallRbm after = new SmallRbm(VISIBLE, HIDDEN, moved);
    double[] other = new double[STRONG.visibleStates()];
    other[OTHER_EXAMPLE] = 1;
    double[] second = after.gradient(other, after.gibbsStep(once));
    double[] restarted = after.gradient(other, after.gibbsStep(other));
    double[] expected = new double[moved.length];
    double difference = 0;
    for (int i = 0; i < moved.length; i++) {
      expected[i] = first[i] + second[i];
      difference = Math.max(difference, Math.abs(second[i] - restarted[i]));
    }
    assertThat(difference).isGreaterThan(0.05); // else this test could not tell them apart
    assertStep(expected, twoSteps(ContrastiveDivergence.PCD));
    for (int i = 0; i < moved.length; i++) {
      expected[i] = first[i] + restarted[i];
    }
    assertStep(expected, twoSteps(ContrastiveDivergence.CD));
  }

  private static double[] twoSteps(ContrastiveDivergence algorithm) {
    return with(
        rbm(algorithm, 1),
        STRONG.weights(),
        learner -> {
          learner.pretrain(0, states(CHAINS, RbmTraining::example, 42));
          learner.pretrain(0, states(CHAINS, row -> OTHER_EXAMPLE, 43));
          return steps(STRONG.weights(), learner);
        });
  }

  @ParameterizedTest
  @EnumSource
  void stateDependsOnTheMinibatchesSinceItWasRestored(ContrastiveDivergence algorithm) {
    NetworkSettings network = network(rbm(algorithm, 2), VISIBLE);
    LearnerState start = state(network, SMALL.weights());
    Learners.withLearner(
        new EngineNetwork(network, Engine.TORCH),
        Device.CPU,
        learner -> {
          String first = trained(learner, start, 42);
          assertThat(trained(learner, start, 42)).isEqualTo(first);
          assertThat(trained(learner, start, 43)).isNotEqualTo(first);
          return first;
        });
  }

  private static String trained(Learner learner, LearnerState start, long key) {
    learner.restore(start);
    learner.pretrain(0, states(40, RbmTraining::example, key));
    learner.pretrain(0, states(12, RbmTraining::example, key + 100)); // a smaller last minibatch
    return learner.state().weightsSha256();
  }
}
