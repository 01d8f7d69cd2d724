package io.meanfield.bench.scaling;

/** Where the states of a round are averaged. */
public enum Averaging {
  /** On the driver up to 64 MiB of states together, on the executors above, as Meanfield does. */
  AUTOMATIC,
  /** On the driver. */
  DRIVER,
  /** On the executors, slice by slice. */
  EXECUTORS;

  // AveragingRound.DRIVER_BYTES
  private static final long DRIVER_BYTES = 64L << 20;

  boolean isOnExecutors(int tasks, long stateBytes) {
    return switch (this) {
      case DRIVER -> false;
      case EXECUTORS -> tasks > 1;
      case AUTOMATIC -> tasks > 1 && tasks * stateBytes > DRIVER_BYTES;
    };
  }
}
