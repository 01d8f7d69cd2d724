package io.meanfield.bench.scaling;

import java.util.ArrayList;
import java.util.List;

/** Driver and executors of a simulation, with the threads of Spark that a round keeps busy. */
final class SimulatedCluster {
  private final EventQueue clock = new EventQueue();
  private final Network network;
  private final Host driver;
  private final DriverThreads threads;
  private final List<SimulatedExecutor> executors = new ArrayList<>();

  /**
   * Creates an idle cluster.
   *
   * @param tasksOfExecutor number of tasks that an executor runs at a time
   */
  SimulatedCluster(Cluster cluster, int tasksOfExecutor, UsageListener listener) {
    this.network = new Network(clock, cluster.bytesPerSecond(), cluster.latencySeconds());
    boolean isShared = cluster.hosting() instanceof Cluster.OneHost;
    int cores =
        cluster.hosting() instanceof Cluster.OneHost one ? one.cores() : cluster.driverCores();
    this.driver = new Host(clock, isShared ? "host" : "driver", cores, listener);
    this.threads = DriverThreads.of(clock, driver);
    for (int i = 0; i < cluster.executors(); i++) {
      String name = "executor " + i;
      Host host = isShared ? driver : new Host(clock, name, cluster.coresPerExecutor(), listener);
      Servers slots = new Servers(clock, name + " tasks", tasksOfExecutor, UsageListener.NONE);
      executors.add(new SimulatedExecutor(i, host, slots));
    }
  }

  DriverThreads threads() {
    return threads;
  }

  EventQueue clock() {
    return clock;
  }

  Network network() {
    return network;
  }

  Host driver() {
    return driver;
  }

  List<SimulatedExecutor> executors() {
    return executors;
  }

  /** Returns the executor that has the shard of a task in its cache. */
  SimulatedExecutor executorOf(int task) {
    return executors.get(task % executors.size());
  }
}
