package io.meanfield.bench.scaling;

/**
 * A measured run on executors of one core, all of them and the driver on one machine.
 *
 * @param network name of the network
 * @param syncFrequency minibatches of a round; 0 for a round that computes nothing
 * @param examples number of examples of the epoch; 0 for a round that computes nothing
 * @param averaging where the states were averaged
 * @param seconds the least time of an epoch, or of a round
 * @param processorSeconds the least processor time of driver and executors together
 */
public record MeasuredRun(
    String network,
    int executors,
    int syncFrequency,
    long examples,
    Averaging averaging,
    double seconds,
    double processorSeconds) {
  public MeasuredRun {
    if (executors < 1
        || syncFrequency < 0
        || examples < 0
        || !(seconds > 0 && processorSeconds > 0)) {
      throw new IllegalArgumentException("a measured run of " + network + " has wrong numbers");
    }
  }

  /** Returns whether the run is a single round whose tasks only copy their state. */
  public boolean isRoundAlone() {
    return syncFrequency == 0;
  }
}
