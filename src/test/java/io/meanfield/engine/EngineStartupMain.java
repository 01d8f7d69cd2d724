package io.meanfield.engine;

import io.meanfield.learner.Device;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.Engine;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.Loss;
import io.meanfield.network.Model;
import io.meanfield.network.NetworkSettings;
import io.meanfield.network.Optimizer;
import io.meanfield.network.layers.Activation;
import io.meanfield.network.layers.Dense;
import java.util.List;

/** A process that does what an executor does first: builds a learner and makes one step. */
public final class EngineStartupMain {
  private EngineStartupMain() {}

  /**
   * Runs the engine that the first argument names; prints the seconds from the start of {@code
   * main} to the end of the step.
   */
  public static void main(String[] args) {
    long start = System.nanoTime();
    NetworkSettings network =
        new NetworkSettings(
            List.of(784),
            List.of(new Dense(64, Activation.RELU), new Dense(10, Activation.SOFTMAX)),
            Loss.CATEGORICAL_CROSSENTROPY,
            new Optimizer.Adam(0.001, 0.9, 0.999, 1e-7));
    Minibatch batch = new Minibatch(1, 784, 10);
    batch.reset(1, 0);
    batch.label(0, 3);
    Learners.withLearner(
        new EngineNetwork(network, Engine.of(args[0])),
        Device.CPU,
        learner -> {
          learner.restore(Model.untrained(network, 1).state());
          return learner.fit(batch);
        });
    System.out.println("seconds " + (System.nanoTime() - start) / 1e9);
  }
}
