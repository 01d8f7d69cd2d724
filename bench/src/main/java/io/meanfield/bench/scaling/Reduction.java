package io.meanfield.bench.scaling;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.DoubleConsumer;

/**
 * The second stage of an average on the executors: each task fetches its slices of all states,
 * averages them, and returns the averages. Task j has the slices j, j + tasks, and so on: a state
 * with fewer slices than tasks leaves tasks without work.
 */
final class Reduction {
  // Distance.SLICE_SIZE numbers
  private static final long SLICE_BYTES = 4L << 20;
  // spark.reducer.maxSizeInFlight is five requests.
  private static final int REQUESTS_IN_FLIGHT = 5;

  private final SimulatedCluster cluster;
  private final Costs costs;
  private final int tasks;
  private final long stateBytes;
  private final long seed;

  Reduction(SimulatedCluster cluster, Costs costs, int tasks, long stateBytes, long seed) {
    this.cluster = cluster;
    this.costs = costs;
    this.tasks = tasks;
    this.stateBytes = stateBytes;
    this.seed = seed;
  }

  /** Runs a task of the stage. */
  void run(int task, SimulatedExecutor executor, DoubleConsumer ended) {
    long bytes = ownBytes(task);
    if (bytes == 0) {
      ended.accept(0);
    } else {
      new Fetching(task, executor, bytes, () -> average(executor, (double) bytes, ended)).start();
    }
  }

  /** Returns the size of a task's slices of one state. */
  long ownBytes(int task) {
    long bytes = 0;
    for (long first = task * SLICE_BYTES; first < stateBytes; first += tasks * SLICE_BYTES) {
      bytes += Math.min(SLICE_BYTES, stateBytes - first);
    }
    return bytes;
  }

  private void average(SimulatedExecutor executor, double bytes, DoubleConsumer ended) {
    double seconds = bytes * (tasks * costs.executor().shuffleRead() + costs.executor().result());
    executor.host().cores().use(seconds, () -> ended.accept(bytes));
  }

  /** The fetching of a task's slices from all executors, in a random order. */
  private final class Fetching {
    private final SimulatedExecutor executor;
    private final long bytes;
    private final Runnable fetched;
    private final List<SimulatedExecutor> sources;
    private int requested;
    private int arrived;

    Fetching(int task, SimulatedExecutor executor, long bytes, Runnable fetched) {
      this.executor = executor;
      this.bytes = bytes;
      this.fetched = fetched;
      int count = Math.min(tasks, cluster.executors().size());
      this.sources = new ArrayList<>(cluster.executors().subList(0, count));
      Collections.shuffle(sources, new Random(seed * tasks + task));
    }

    void start() {
      for (int i = 0; i < REQUESTS_IN_FLIGHT; i++) {
        request();
      }
    }

    private void request() {
      if (requested == sources.size()) {
        return;
      }
      Host source = sources.get(requested).host();
      double size = (double) bytes * states(sources.get(requested));
      requested++;
      cluster
          .network()
          .send(
              executor.host(),
              source,
              () -> cluster.network().transfer(source, executor.host(), size, this::arrive));
    }

    private void arrive() {
      arrived++;
      if (arrived == sources.size()) {
        fetched.run();
      } else {
        request();
      }
    }
  }

  /** Returns the number of tasks whose states an executor has. */
  private int states(SimulatedExecutor executor) {
    int executors = cluster.executors().size();
    return (tasks - executor.index() + executors - 1) / executors;
  }
}
