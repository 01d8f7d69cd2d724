package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.learner.Device;
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
import java.util.function.Function;

/** Trains a layer {@code rbm} that has the weights of a {@link SmallRbm}. */
final class RbmTraining {
  static final int VISIBLE = 4;
  static final int HIDDEN = 3;
  static final SmallRbm SMALL = SmallRbm.random(VISIBLE, HIDDEN, 11);
  static final int CHAINS = 1 << 15;
  static final double TOLERANCE = 0.012;

  private RbmTraining() {}

  static NetworkSettings network(Rbm rbm, int inputs) {
    return new NetworkSettings(
        List.of(inputs),
        List.of(rbm, new Dense(2, Activation.SOFTMAX)),
        Loss.CATEGORICAL_CROSSENTROPY,
        new Optimizer.Sgd(1));
  }

  static Rbm rbm(ContrastiveDivergence algorithm, int steps) {
    return new Rbm(HIDDEN, VisibleUnits.BINARY, algorithm, steps, 0);
  }

  static <T> T with(Rbm rbm, double[] weights, Function<Learner, T> work) {
    NetworkSettings network = network(rbm, VISIBLE);
    return Learners.withLearner(
        new EngineNetwork(network, Engine.TORCH),
        Device.CPU,
        learner -> {
          learner.restore(state(network, weights));
          return work.apply(learner);
        });
  }

  static LearnerState state(NetworkSettings network, double[] weights) {
    LearnerState state = Model.untrained(network, 3).state();
    for (int i = 0; i < weights.length; i++) {
      state.weights()[i] = (float) weights[i];
    }
    return state;
  }

  static Minibatch batch(int size, float[] rows, long key) {
    Minibatch batch = new Minibatch(size, rows.length / size, 2);
    batch.reset(size, key);
    System.arraycopy(rows, 0, batch.features(), 0, rows.length);
    return batch;
  }

  static Minibatch states(int size, Function<Integer, Integer> stateOfRow, long key) {
    float[] rows = new float[size * VISIBLE];
    for (int row = 0; row < size; row++) {
      System.arraycopy(SMALL.vector(stateOfRow.apply(row)), 0, rows, row * VISIBLE, VISIBLE);
    }
    return batch(size, rows, key);
  }

  /** Examples of which one in four is state 5, one in four state 8, and two are state 14. */
  static int example(int row) {
    return List.of(5, 8, 14, 14).get(row % 4);
  }

  static double[] examples() {
    double[] distribution = new double[SMALL.visibleStates()];
    for (int row = 0; row < 4; row++) {
      distribution[example(row)] += 0.25;
    }
    return distribution;
  }

  // A step of Sgd with a learning rate of 1 subtracts the gradient.
  static double[] steps(double[] before, Learner trained) {
    double[] gradient = new double[before.length];
    float[] after = trained.state().weights();
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = before[i] - after[i];
    }
    return gradient;
  }

  static void assertStep(double[] expected, double[] found) {
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).as("weight %d", i).isCloseTo(expected[i], within(TOLERANCE));
    }
  }
}
