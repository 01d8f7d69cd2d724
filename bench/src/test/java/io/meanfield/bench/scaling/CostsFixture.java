package io.meanfield.bench.scaling;

import java.util.List;

/** Costs of tests. */
final class CostsFixture {
  static final Costs.Fixed NO_FIXED = new Costs.Fixed(0, 0, 0, 0, 0);
  static final Costs.Driver NO_DRIVER = new Costs.Driver(0, 0, 0);
  static final Costs.Executor NO_EXECUTOR = new Costs.Executor(0, 0, 0, 0, 0);

  private CostsFixture() {}

  /** Returns costs of which all others are 0. */
  static Costs of(Costs.Fixed fixed, Costs.Driver driver, Costs.Executor executor, double average) {
    return new Costs(
        new Costs.Measurement("2026-01-02", "a machine", 2, "dev/bench costs"),
        fixed,
        driver,
        executor,
        average,
        List.of(),
        List.of());
  }

  static Costs none() {
    return of(NO_FIXED, NO_DRIVER, NO_EXECUTOR, 0);
  }

  /** Returns costs of which none is 0, each times a factor. */
  static Costs realistic(double factor) {
    return of(
        new Costs.Fixed(5e-3 * factor, 2e-3 * factor, 2e-4 * factor, 1e-3 * factor, 2e-5 * factor),
        new Costs.Driver(1e-9 * factor, 2e-10 * factor, 8e-10 * factor),
        new Costs.Executor(
            7e-10 * factor, 3e-10 * factor, 6e-10 * factor, 2e-9 * factor, 3e-9 * factor),
        2e-10 * factor);
  }

  static NetworkCost network(long stateBytes, double stepSeconds) {
    return new NetworkCost("a network", stateBytes / 12 + 1, stateBytes, 128, stepSeconds);
  }

  /** Returns hosts of one core, each with its own link. */
  static Cluster cluster(int executors, double bytesPerSecond, double latencySeconds) {
    return new Cluster(executors, 1, 4, new Cluster.OwnHosts(), bytesPerSecond, latencySeconds);
  }

  static Cluster infiniteNetwork(int executors) {
    return cluster(executors, Double.POSITIVE_INFINITY, 0);
  }
}
