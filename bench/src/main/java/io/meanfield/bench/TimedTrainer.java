package io.meanfield.bench;

/**
 * A trainer whose epochs are timed, in turns with other trainers. It keeps its state between
 * epochs.
 */
interface TimedTrainer extends AutoCloseable {
  String name();

  /**
   * Passes over the training digits, once unless the trainer states otherwise. The first epoch
   * includes one-time work.
   */
  void epoch();

  /** Returns the current accuracy on the test digits; its computation is not timed. */
  double accuracy();

  /** Runs an epoch and returns its seconds. Overriding methods may time it more closely. */
  default double timedEpoch() {
    long beganNanos = System.nanoTime();
    epoch();
    return (System.nanoTime() - beganNanos) / 1e9;
  }

  /** Returns the mean number of epochs in a turn. */
  default double pace() {
    return 1;
  }

  /** Frees what the trainer holds outside this JVM's heap: cached and exported data, a process. */
  @Override
  default void close() {}
}
