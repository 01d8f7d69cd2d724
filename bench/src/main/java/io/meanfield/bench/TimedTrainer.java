package io.meanfield.bench;

/** A trainer that is timed epoch by epoch, in turns with others; it keeps its own state. */
interface TimedTrainer extends AutoCloseable {
  String name();

  /** Passes once over the training digits; what it needs once falls into its first epoch. */
  void epoch();

  /** The share of the test digits that it has right now; never on the clock. */
  double accuracy();

  /** The seconds that an epoch takes. */
  default double timedEpoch() {
    long began = System.nanoTime();
    epoch();
    return (System.nanoTime() - began) / 1e9;
  }

  /** How many epochs it runs while the others run one. */
  default double pace() {
    return 1;
  }

  /** Frees what it holds in Spark's cache and on disks. */
  @Override
  default void close() {}
}
