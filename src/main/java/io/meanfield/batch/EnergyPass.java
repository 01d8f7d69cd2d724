package io.meanfield.batch;

import io.meanfield.data.Examples;
import io.meanfield.engine.Learners;
import io.meanfield.learner.EnergyResult;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.random.Permutation;

/** Scores a restricted Boltzmann machine on examples, on an executor. */
public final class EnergyPass {
  // A constant, because the sums must not depend on the cluster.
  private static final int BATCH = 512;

  private EnergyPass() {}

  /**
   * Returns the score of the first examples.
   *
   * @param layer number of the restricted Boltzmann machine in the network
   * @param limit largest number of examples
   * @param seed of the units whose conditional probability is computed
   */
  public static EnergyResult of(
      EngineNetwork network,
      int layer,
      LearnerState state,
      Examples examples,
      int limit,
      long seed) {
    EnergyResult result =
        Learners.withLearner(
            network,
            TaskDevice.current(),
            learner -> {
              learner.restore(state);
              int count = Math.min(limit, examples.count());
              return of(
                  learner,
                  layer,
                  BatchWriter.minibatch(BATCH, network, examples),
                  examples,
                  count,
                  seed);
            });
    TaskMemory.requireWithinLimit();
    return result;
  }

  private static EnergyResult of(
      Learner learner, int layer, Minibatch batch, Examples examples, int count, long seed) {
    EnergyResult sum = EnergyResult.NONE;
    for (int first = 0; first < count; first += BATCH) {
      int size = Math.min(BATCH, count - first);
      batch.reset(size, Permutation.key(seed, first));
      for (int row = 0; row < size; row++) {
        BatchWriter.features(examples, first + row, batch, row);
      }
      sum = sum.plus(learner.energy(layer, batch));
    }
    return sum;
  }
}
