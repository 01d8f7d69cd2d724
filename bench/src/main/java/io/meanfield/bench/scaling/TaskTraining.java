package io.meanfield.bench.scaling;

/** The training of a task: its workers compute side by side and average in memory after a part. */
final class TaskTraining {
  // As in WeightedAverage: so many numbers, of 4 bytes, are worth another thread.
  private static final long BYTES_OF_A_THREAD = 4 << 17;

  private final EventQueue clock;
  private final Costs costs;
  private final NetworkCost network;
  private final SparkJob job;
  private final Stragglers stragglers;
  private final int number;
  private int running;

  TaskTraining(
      EventQueue clock,
      Costs costs,
      NetworkCost network,
      SparkJob job,
      Stragglers stragglers,
      int number) {
    this.clock = clock;
    this.costs = costs;
    this.network = network;
    this.job = job;
    this.stragglers = stragglers;
    this.number = number;
  }

  void start(int task, SimulatedExecutor executor, Runnable ended) {
    part(0, task, executor, ended);
  }

  private void part(int part, int task, SimulatedExecutor executor, Runnable ended) {
    if (part == job.parts()) {
      ended.run();
      return;
    }
    Runnable next = () -> clock.after(0, () -> part(part + 1, task, executor, ended));
    running = job.workersOfTask();
    for (int i = 0; i < job.workersOfTask(); i++) {
      int worker = task * job.workersOfTask() + i;
      executor
          .host()
          .cores()
          .use(seconds(number * job.parts() + part, worker), () -> workerEnded(executor, next));
    }
  }

  private double seconds(int round, int worker) {
    return network.stateBytes() * costs.executor().learner()
        + job.steps() * network.stepSeconds() * stragglers.factor(round, worker);
  }

  private void workerEnded(SimulatedExecutor executor, Runnable next) {
    running--;
    if (running > 0) {
      return;
    }
    int threads = averagingThreads(network, job.workersOfTask());
    double bytes =
        job.workersOfTask() == 1 ? 0 : (double) job.workersOfTask() * network.stateBytes();
    running = threads;
    for (int i = 0; i < threads; i++) {
      executor.host().cores().use(bytes * costs.average() / threads, () -> averageEnded(next));
    }
  }

  private void averageEnded(Runnable next) {
    running--;
    if (running == 0) {
      next.run();
    }
  }

  /** Returns how many threads average the states of a task's workers in memory. */
  static int averagingThreads(NetworkCost network, int workers) {
    return (int) Math.max(1, Math.min(workers, network.stateBytes() / BYTES_OF_A_THREAD));
  }
}
