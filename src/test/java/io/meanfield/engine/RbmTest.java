package io.meanfield.engine;

import static io.meanfield.engine.RbmTraining.HIDDEN;
import static io.meanfield.engine.RbmTraining.SMALL;
import static io.meanfield.engine.RbmTraining.VISIBLE;
import static io.meanfield.engine.RbmTraining.batch;
import static io.meanfield.engine.RbmTraining.examples;
import static io.meanfield.engine.RbmTraining.network;
import static io.meanfield.engine.RbmTraining.rbm;
import static io.meanfield.engine.RbmTraining.state;
import static io.meanfield.engine.RbmTraining.states;
import static io.meanfield.engine.RbmTraining.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.learner.Device;
import io.meanfield.learner.EnergyResult;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.layers.ContrastiveDivergence;
import io.meanfield.network.layers.Rbm;
import io.meanfield.network.layers.VisibleUnits;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Compares a restricted Boltzmann machine with sums over all of its states. */
class RbmTest {
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

  @Test
  void pretrainingAppliesThePenaltyOnTheKernelAndChangesNoOtherLayer() {
    double l2 = 0.25;
    Rbm penalised = new Rbm(HIDDEN, VisibleUnits.BINARY, ContrastiveDivergence.CD, 1, l2);
    Function<Learner, float[]> step =
        learner -> {
          learner.pretrain(0, states(8, RbmTraining::example, 42));
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
