package io.meanfield.bench.scaling;

/**
 * A cluster. Each core of an executor has one logical worker.
 *
 * @param bytesPerSecond bandwidth of a host's link, in each direction
 * @param latencySeconds time of a message from one host to another
 */
public record Cluster(
    int executors,
    int coresPerExecutor,
    int driverCores,
    Hosting hosting,
    double bytesPerSecond,
    double latencySeconds) {
  public Cluster {
    if (executors < 1 || coresPerExecutor < 1 || driverCores < 1) {
      throw new IllegalArgumentException(
          "executors and cores must be at least 1, found "
              + executors
              + ", "
              + coresPerExecutor
              + " and "
              + driverCores);
    }
    if (!(bytesPerSecond > 0) || !(latencySeconds >= 0)) {
      throw new IllegalArgumentException(
          "the bandwidth must be above 0 and the latency at least 0, found "
              + bytesPerSecond
              + " and "
              + latencySeconds);
    }
  }

  /** Where driver and executors run. */
  public sealed interface Hosting {}

  /** The driver and each executor have a host of their own. */
  public record OwnHosts() implements Hosting {}

  /** Driver and executors share a host. */
  public record OneHost(int cores) implements Hosting {}

  /** Returns the same cluster with another number of executors. */
  public Cluster withExecutors(int number) {
    return new Cluster(
        number, coresPerExecutor, driverCores, hosting, bytesPerSecond, latencySeconds);
  }

  int workers() {
    return executors * coresPerExecutor;
  }
}
