package io.meanfield.bench;

/**
 * A trainer whose epochs are timed, in turns with other trainers. It keeps its state between
 * epochs.
 */
interface TimedTrainer extends AutoCloseable {
  String name();

  /** Passes once over the training digits; the first epoch includes one-time work. */
  void epoch();

  /** Returns the current accuracy on the test digits; its computation is not timed. */
  double accuracy();

  /** Runs an epoch and returns its seconds. */
  default double timedEpoch() {
    long began = System.nanoTime();
    epoch();
    return (System.nanoTime() - began) / 1e9;
  }

  /** Returns the number of epochs in a turn, in which the other trainers run one. */
  default double pace() {
    return 1;
  }

  /** Removes its data from Spark's cache and from disk. */
  @Override
  default void close() {}
}
