package io.meanfield.reinforce;

import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.TaskType;

/** The values of the actions that a network computes: Q(observation, action). Not thread-safe. */
final class QFunction {
  private final Learner learner;
  private final Minibatch batch;
  private final float[] values;

  /**
   * Creates a function of the learner's current weights.
   *
   * @param capacity the largest number of observations at a time
   */
  QFunction(Learner learner, EngineNetwork network, int capacity) {
    this.learner = learner;
    this.batch = new Minibatch(capacity, network.inputs(), network.outputs(), TaskType.REGRESSION);
    this.values = new float[capacity * network.outputs()];
  }

  /** Returns the array for {@code count} observations, one after the other, that callers fill. */
  float[] observations(int count) {
    batch.reset(count, 0);
    return batch.features();
  }

  /** Returns the values of the observations, [observations, actions]. The array is reused. */
  float[] values() {
    learner.predict(batch, values);
    return values;
  }
}
