package io.meanfield.bench.scaling;

import java.util.function.DoubleConsumer;

/**
 * A stage of a Spark job. The driver's scheduler launches the tasks one after the other, each on
 * the executor of its shard as soon as that has a free slot, and handles their ends.
 */
final class Stage {
  // spark.task.maxDirectResultSize: a larger result stays on the executor until the driver fetches
  // it.
  private static final double DIRECT_RESULT_BYTES = 1 << 20;
  private static final double LAUNCH_SHARE =
      0.5; // of the driver's cost of a task; its end has the rest

  private final SimulatedCluster cluster;
  private final Costs costs;
  private final int tasks;
  private final Task task;
  private final Runnable ended;
  private int results;

  /** What the tasks of a stage do. */
  @FunctionalInterface
  interface Task {
    /**
     * Runs a task.
     *
     * @param ended to be called with the size of the result in bytes
     */
    void run(int task, SimulatedExecutor executor, DoubleConsumer ended);
  }

  Stage(SimulatedCluster cluster, Costs costs, int tasks, Task task, Runnable ended) {
    this.cluster = cluster;
    this.costs = costs;
    this.tasks = tasks;
    this.task = task;
    this.ended = ended;
  }

  void start() {
    for (int i = 0; i < tasks; i++) {
      int number = i;
      SimulatedExecutor executor = cluster.executorOf(i);
      executor.slots().acquire(slot -> launch(number, executor, slot));
    }
  }

  private void launch(int number, SimulatedExecutor executor, int slot) {
    Runnable begin =
        () ->
            task.run(
                number,
                executor,
                bytes -> finish(executor, () -> executor.slots().release(slot), bytes));
    schedule(
        LAUNCH_SHARE,
        () ->
            cluster
                .network()
                .send(
                    cluster.driver(),
                    executor.host(),
                    () -> executor.host().cores().use(costs.fixed().executorTask(), begin)));
  }

  // The scheduler hears of the end first, then another thread takes the result.
  private void finish(SimulatedExecutor executor, Runnable release, double bytes) {
    boolean isDirect = bytes <= DIRECT_RESULT_BYTES;
    Threads results = cluster.threads().results();
    Runnable receive =
        isDirect
            ? () -> results.compute(receiveSeconds(bytes), this::received)
            : () -> results.hold(thread -> fetch(executor, bytes, thread));
    Runnable handleEnd =
        () ->
            schedule(
                1 - LAUNCH_SHARE,
                () -> {
                  release.run();
                  receive.run();
                });
    if (isDirect) {
      cluster.network().transfer(executor.host(), cluster.driver(), bytes, handleEnd);
    } else {
      cluster.network().send(executor.host(), cluster.driver(), handleEnd);
    }
  }

  private void fetch(SimulatedExecutor executor, double bytes, Threads.Held thread) {
    Host driver = cluster.driver();
    Runnable deserialise =
        () -> driver.cores().use(receiveSeconds(bytes), thread.andThen(this::received));
    cluster
        .network()
        .send(
            driver,
            executor.host(),
            () -> cluster.network().transfer(executor.host(), driver, bytes, deserialise));
  }

  private void schedule(double share, Runnable then) {
    cluster.threads().scheduler().compute(share * costs.fixed().driverTask(), then);
  }

  private double receiveSeconds(double bytes) {
    return bytes * costs.driver().receive();
  }

  private void received() {
    results++;
    if (results == tasks) {
      ended.run();
    }
  }
}
