package io.meanfield.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.meanfield.engine.dl4j.Dl4jEngine;
import io.meanfield.engine.torch.TorchEngine;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Engine;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.TaskType;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import io.meanfield.network.layers.Dropout;
import io.meanfield.network.layers.Layer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Compares the gradient of the Huber loss with differences of its values, on both engines. */
class HuberGradientTest {
  private static final double DELTA = 0.7;
  private static final float STEP = 2e-3f;

  // With plain sgd and a rate of 1 a step subtracts the gradient from the weights.
  private static NetworkSettings network(boolean general) {
    List<Layer> layers = new ArrayList<>(List.of(new Dense(4, Activation.TANH)));
    if (general) {
      layers.add(new Dropout(0));
    }
    layers.add(new Dense(2, Activation.LINEAR));
    return new NetworkSettings(List.of(3), layers, Loss.huber(DELTA), new Optimizer.Sgd(1));
  }

  private static Learner learner(Engine engine, NetworkSettings network) {
    return engine == Engine.TORCH
        ? TorchEngine.learner(network, Device.CPU)
        : Dl4jEngine.learner(network);
  }

  // Errors on both sides of delta, of both signs.
  private static Minibatch batch() {
    Minibatch batch = new Minibatch(3, 3, 2, TaskType.REGRESSION);
    batch.reset(3, 0);
    float[] features = {0.4f, -0.2f, 0.9f, -1, 0.3f, 0.5f, 0.1f, 0.8f, -0.6f};
    System.arraycopy(features, 0, batch.features(), 0, features.length);
    float[] targets = {5, -0.1f, -6, 0.3f, 0.2f, 4};
    System.arraycopy(targets, 0, batch.targets(), 0, targets.length);
    return batch;
  }

  @ParameterizedTest
  @CsvSource({"TORCH, false", "TORCH, true", "DL4J, false", "DL4J, true"})
  void stepSubtractsTheDerivativeOfTheLoss(Engine engine, boolean general) {
    NetworkSettings network = network(general);
    Learner learner = learner(engine, network);
    LearnerState start = Model.untrained(network, 11).state();
    learner.restore(start);
    learner.fit(batch());
    float[] after = learner.state().weights();
    for (int i = 0; i < after.length; i++) {
      double difference = (loss(learner, start, i, STEP) - loss(learner, start, i, -STEP));
      assertThat((double) start.weights()[i] - after[i])
          .as("derivative by weight %d", i)
          .isCloseTo(difference / (2 * STEP), within(2e-3));
    }
  }

  /** Returns the mean loss of the minibatch after a change of one weight. */
  private static double loss(Learner learner, LearnerState start, int weight, float change) {
    float[] weights = start.weights().clone();
    weights[weight] += change;
    learner.restore(start.withWeights(weights));
    return learner.fit(batch()).lossSum() / 3;
  }
}
