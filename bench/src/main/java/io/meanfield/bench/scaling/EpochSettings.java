package io.meanfield.bench.scaling;

/**
 * The settings of an epoch, named as those of a job.
 *
 * @param examples number of training examples
 * @param syncFrequency minibatches of a worker between two averages of tasks
 * @param averagingFrequency minibatches of a worker between two averages of a task in memory
 */
public record EpochSettings(
    NetworkCost network,
    long examples,
    int syncFrequency,
    int averagingFrequency,
    Workers workers,
    Averaging averaging) {
  public EpochSettings {
    if (examples < 1 || syncFrequency < 1 || averagingFrequency < 1) {
      throw new IllegalArgumentException(
          "examples and frequencies must be at least 1, found "
              + examples
              + ", "
              + syncFrequency
              + " and "
              + averagingFrequency);
    }
  }

  /** Returns the largest number of minibatches that one of so many workers has. */
  long steps(int workerCount) {
    long shard = (examples + workerCount - 1) / workerCount;
    return (shard + network.batch() - 1) / network.batch();
  }

  /** Returns the same settings with the averages somewhere else. */
  public EpochSettings with(Averaging where) {
    return new EpochSettings(network, examples, syncFrequency, averagingFrequency, workers, where);
  }
}
