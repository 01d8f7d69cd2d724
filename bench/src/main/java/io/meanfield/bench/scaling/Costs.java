package io.meanfield.bench.scaling;

import java.util.List;

/**
 * Measured costs: seconds of one core, for a thing or for a byte of a learner's state.
 *
 * @param average averaging states and their distances from the average, for a byte of all states
 */
public record Costs(
    Measurement measurement,
    Fixed fixed,
    Driver driver,
    Executor executor,
    double average,
    List<NetworkCost> networks,
    List<MeasuredRun> runs) {
  public Costs {
    networks = List.copyOf(networks);
    runs = List.copyOf(runs);
    requireCosts(average);
  }

  /** Where and how the costs were measured. */
  public record Measurement(String date, String machine, int cores, String command) {}

  /**
   * Costs that do not depend on the size of the state.
   *
   * @param job a Spark job without its tasks, on the driver
   * @param stage a second stage without its tasks, on the driver
   * @param driverTask a task, on the driver
   * @param executorTask a task, on its executor
   * @param request a request to the driver for the places of a block of a broadcast
   */
  public record Fixed(
      double job, double stage, double driverTask, double executorTask, double request) {
    public Fixed {
      requireCosts(job, stage, driverTask, executorTask, request);
    }
  }

  /**
   * Seconds for a byte, on the driver.
   *
   * @param broadcast serialising a broadcast, cutting it into blocks
   * @param serve sending a byte of a broadcast to an executor
   * @param receive receiving and deserialising a byte of a task's result
   */
  public record Driver(double broadcast, double serve, double receive) {
    public Driver {
      requireCosts(broadcast, serve, receive);
    }
  }

  /**
   * Seconds for a byte, on an executor.
   *
   * @param read receiving and deserialising a broadcast
   * @param learner copying the state into the learner and back, checking that it is finite
   * @param result measuring the update, serialising and sending the result of a task
   * @param shuffleWrite measuring the update, cutting a state into slices, writing the shuffle
   * @param shuffleRead fetching slices, deserialising and averaging them
   */
  public record Executor(
      double read, double learner, double result, double shuffleWrite, double shuffleRead) {
    public Executor {
      requireCosts(read, learner, result, shuffleWrite, shuffleRead);
    }
  }

  /** Returns the network with a name. */
  public NetworkCost network(String name) {
    return networks.stream()
        .filter(network -> network.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the costs have no network "
                        + name
                        + "; they have "
                        + networks.stream().map(NetworkCost::name).toList()));
  }

  /** Returns the costs of tasks that copy their state instead of training. */
  Costs withoutLearner() {
    Executor copying =
        new Executor(
            executor.read(), 0, executor.result(), executor.shuffleWrite(), executor.shuffleRead());
    return new Costs(measurement, fixed, driver, copying, average, networks, runs);
  }

  private static void requireCosts(double... costs) {
    for (double cost : costs) {
      if (!(cost >= 0) || Double.isInfinite(cost)) {
        throw new IllegalArgumentException("a cost must be at least 0 seconds, found " + cost);
      }
    }
  }
}
