package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.learner.Device;
import io.meanfield.learner.EnergyResult;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.ContrastiveDivergence;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Rbm;
import io.meanfield.network.layers.VisibleUnits;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares a restricted Boltzmann machine with sums over all of its states. */
class RbmTest {
  private static final int VISIBLE = 4;
  private static final int HIDDEN = 3;
  private static final SmallRbm SMALL = SmallRbm.random(VISIBLE, HIDDEN, 11);
  // Large weights mix slowly, so that the start of a chain matters after two steps.
  private static final SmallRbm STRONG = SMALL.times(3);
  private static final int CHAINS = 1 << 15;
  private static final double TOLERANCE = 0.012;
  private static final int MANY = 400; // until the chains have forgotten the examples
  private static final int OTHER_EXAMPLE = 1;

  private static NetworkSettings network(Rbm rbm, int inputs) {
    return new NetworkSettings(
        List.of(inputs),
        List.of(rbm, new Dense(2, Activation.SOFTMAX)),
        Loss.CATEGORICAL_CROSSENTROPY,
        new Optimizer.Sgd(1));
  }

  private static Rbm rbm(ContrastiveDivergence algorithm, int steps) {
    return new Rbm(HIDDEN, VisibleUnits.BINARY, algorithm, steps, 0);
  }

  private static <T> T with(Rbm rbm, double[] weights, Function<Learner, T> work) {
    NetworkSettings network = network(rbm, VISIBLE);
    return Learners.withLearner(
        new EngineNetwork(network, Engine.TORCH),
        Device.CPU,
        learner -> {
          learner.restore(state(network, weights));
          return work.apply(learner);
        });
  }

  private static LearnerState state(NetworkSettings network, double[] weights) {
    LearnerState state = Model.untrained(network, 3).state();
    for (int i = 0; i < weights.length; i++) {
      state.weights()[i] = (float) weights[i];
    }
    return state;
  }

  private static Minibatch batch(int size, float[] rows, long key) {
    Minibatch batch = new Minibatch(size, rows.length / size, 2);
    batch.reset(size, key);
    System.arraycopy(rows, 0, batch.features(), 0, rows.length);
    return batch;
  }

  private static Minibatch states(int size, Function<Integer, Integer> stateOfRow, long key) {
    float[] rows = new float[size * VISIBLE];
    for (int row = 0; row < size; row++) {
      System.arraycopy(SMALL.vector(stateOfRow.apply(row)), 0, rows, row * VISIBLE, VISIBLE);
    }
    return batch(size, rows, key);
  }

  /** Examples of which one in four is state 5, one in four state 8, and two are state 14. */
  private static int example(int row) {
    return List.of(5, 8, 14, 14).get(row % 4);
  }

  private static double[] examples() {
    double[] distribution = new double[SMALL.visibleStates()];
    for (int row = 0; row < 4; row++) {
      distribution[example(row)] += 0.25;
    }
    return distribution;
  }

  // A step of Sgd with a learning rate of 1 subtracts the gradient.
  private static double[] steps(double[] before, Learner trained) {
    double[] gradient = new double[before.length];
    float[] after = trained.state().weights();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = before[i] - after[i];
    }
    return gradient;
  }

  @Test
  void inputsOfBinaryUnitsMustBeFromZeroToOne() {
    for (float wrong : new float[] {-0.5f, 1.25f}) {
      Minibatch batch = batch(2, new float[] {0, 1, 0.5f, 0, 0, 0, 1, wrong}, 1);
      assertThatThrownBy(
              () ->
                  with(
                      rbm(ContrastiveDivergence.CD, 1),
                      SMALL.weights(),
                      learner -> {
                        learner.pretrain(0, batch);
                        return 0;
                      }))
          .hasMessage(
              "network.layers[0] is an rbm with visible = binary and needs inputs from 0 to 1,"
                  + " found "
                  + wrong
                  + "; set visible = gaussian, or scale the data to this range (tables:"
                  + " data.columns.scale)");
    }
  }

  @Test
  void freeEnergyIsTheSumOverAllHiddenStates() {
    for (int v = 0; v < SMALL.visibleStates(); v++) {
      int state = v;
      EnergyResult found =
          with(
              rbm(ContrastiveDivergence.CD, 1),
              SMALL.weights(),
              learner -> learner.energy(0, states(1, row -> state, 1)));
      assertThat(found.freeEnergy()).isCloseTo(SMALL.freeEnergy(v), within(1e-5));
    }
  }

  // Each example contributes one unit of four; many copies of it use all of them equally often.
  @Test
  void pseudoLikelihoodIsThatOfTheEnumeratedConditionals() {
    int state = 6;
    double expected = 0;
    for (int unit = 0; unit < VISIBLE; unit++) {
      double flipped = SMALL.freeEnergy(state ^ (1 << unit));
      expected -= Math.log1p(Math.exp(SMALL.freeEnergy(state) - flipped));
    }
    EnergyResult found =
        with(
            rbm(ContrastiveDivergence.CD, 1),
            SMALL.weights(),
            learner -> learner.energy(0, states(1 << 15, row -> state, 9)));
    assertThat(found.pseudoLogLikelihood() / found.examples()).isCloseTo(expected, within(0.03));
  }

  @Test
  void enumeratedGradientIsTheDerivativeOfTheLogLikelihood() {
    double[] gradient = SMALL.gradient(examples(), SMALL.equilibrium());
    double h = 1e-5;
    for (int i = 0; i < gradient.length; i++) {
      double[] above = SMALL.weights().clone();
      double[] below = SMALL.weights().clone();
      above[i] += h;
      below[i] -= h;
      double derivative =
          (new SmallRbm(VISIBLE, HIDDEN, above).meanLogLikelihood(examples())
                  - new SmallRbm(VISIBLE, HIDDEN, below).meanLogLikelihood(examples()))
              / (2 * h);
      assertThat(-gradient[i]).isCloseTo(derivative, within(1e-8));
    }
  }

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
      chains = STRONG.gibbsStep(chains);
    }
    return STRONG.gradient(examples(), chains);
  }

  private static double[] gradientOfTheLayer(int steps) {
    return with(
        rbm(ContrastiveDivergence.CD, steps),
        STRONG.weights(),
        learner -> {
          learner.pretrain(0, states(CHAINS, RbmTest::example, 42));
          return steps(STRONG.weights(), learner);
        });
  }

  private static double distance(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).max().orElse(0);
  }

  @Test
  void manyStepsGiveTheGradientOfTheLogLikelihood() {
    double[] expected = STRONG.gradient(examples(), STRONG.equilibrium());
    assertThat(distance(expected, gradientAfter(MANY))).isLessThan(TOLERANCE / 4);
    assertThat(distance(expected, gradientAfter(5))).isGreaterThan(2 * TOLERANCE);
    assertStep(expected, gradientOfTheLayer(MANY));
  }

  private static void assertStep(double[] expected, double[] found) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).as("weight %d", i).isCloseTo(expected[i], within(TOLERANCE));
    }
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
          learner.pretrain(0, states(CHAINS, RbmTest::example, 42));
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
    learner.pretrain(0, states(40, RbmTest::example, key));
    learner.pretrain(0, states(12, RbmTest::example, key + 100)); // a smaller last minibatch
    return learner.state().weightsSha256();
  }

  @Test
  void pretrainingAppliesThePenaltyOnTheKernelAndChangesNoOtherLayer() {
    double l2 = 0.25;
    Rbm penalised = new Rbm(HIDDEN, VisibleUnits.BINARY, ContrastiveDivergence.CD, 1, l2);
    Function<Learner, float[]> step =
        learner -> {
          learner.pretrain(0, states(8, RbmTest::example, 42));
          return learner.state().weights();
        };
    float[] without = with(rbm(ContrastiveDivergence.CD, 1), SMALL.weights(), step);
    float[] with = with(penalised, SMALL.weights(), step);
    for (int i = 0; i < with.length; i++) {
      double expected = i < VISIBLE * HIDDEN ? 2 * l2 * SMALL.weights()[i] : 0;
      assertThat(without[i] - with[i]).isCloseTo((float) expected, within(1e-6f));
    }
    float[] start = state(network(penalised, VISIBLE), SMALL.weights()).weights();
    for (int i = SMALL.weights().length; i < with.length; i++) {
      assertThat(with[i]).isEqualTo(start[i]);
    }
  }

  // With W = 0 the density of a gaussian machine is a normal distribution around c, so training
  // moves c to the mean of the inputs, and the free energy is the quadratic form of the density.
  @Test
  void gaussianUnitsLearnTheMeanOfTheInputs() {
    int rows = 2_000;
    Random random = new Random(8);
    float[] inputs = new float[2 * rows];
    double[] means = new double[2];
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < 2; i++) {
        inputs[2 * row + i] = (float) (3 * i - 1 + random.nextGaussian());
        means[i] += inputs[2 * row + i] / rows;
      }
    }
    Rbm gaussian = new Rbm(1, VisibleUnits.GAUSSIAN, ContrastiveDivergence.CD, 1, 0);
    NetworkSettings network = network(gaussian, 2);
    Learners.withLearner(
        new EngineNetwork(network, Engine.TORCH),
        Device.CPU,
        learner -> {
          learner.restore(state(network, new double[] {0, 0, 0, 0, 0}));
          learner.pretrain(0, batch(rows, inputs, 4));
          float[] weights = learner.state().weights();
          for (int i = 0; i < 2; i++) {
            // The chains' mean is 0, so one step of rate 1 is the mean of the inputs.
            assertThat((double) weights[3 + i]).isCloseTo(means[i], within(0.08));
          }
          learner.restore(state(network, new double[] {0, 0, 0, -1, 2}));
          EnergyResult found = learner.energy(0, batch(1, new float[] {1, 5}, 4));
          assertThat(found.freeEnergy())
              .isCloseTo((4 + 9) / 2.0 - Math.log(2), within(1e-5)); // ln 2: a unit that is 0 or 1
          assertThat(found.pseudoLogLikelihood()).isNaN();
          return weights;
        });
  }
}
