package io.meanfield.bench.scaling;

import java.util.function.DoubleConsumer;

/** One Spark job of a training on a simulated cluster: AveragingRound with its tasks. */
final class JobSimulation {
  private final SimulatedCluster cluster;
  private final Costs costs;
  private final NetworkCost network;
  private final SparkJob job;
  private final Stragglers stragglers;
  private final int number;
  private final Broadcast broadcast;
  private double longestTask;

  /**
   * Prepares a job.
   *
   * @param number of the job, which chooses the times of its workers and the peers of its broadcast
   */
  JobSimulation(
      SimulatedCluster cluster,
      Costs costs,
      NetworkCost network,
      SparkJob job,
      Stragglers stragglers,
      int number) {
    this.cluster = cluster;
    this.costs = costs;
    this.network = network;
    this.job = job;
    this.stragglers = stragglers;
    this.number = number;
    this.broadcast =
        new Broadcast(cluster, costs, network.stateBytes(), stragglers.seed() + number);
  }

  /** Starts the job, whose states are averaged where {@code averaging} says. */
  void start(Averaging averaging, Runnable ended) {
    boolean isOnExecutors = averaging.isOnExecutors(job.tasks(), network.stateBytes());
    Stage training =
        isOnExecutors
            ? new Stage(cluster, costs, job.tasks(), this::writeSlices, () -> reduce(ended))
            : new Stage(cluster, costs, job.tasks(), this::returnState, () -> average(ended));
    double seconds = network.stateBytes() * costs.driver().broadcast() + costs.fixed().job();
    cluster.threads().application().compute(seconds, training::start);
  }

  private void returnState(int task, SimulatedExecutor executor, DoubleConsumer ended) {
    double bytes = network.stateBytes();
    train(
        task,
        executor,
        () ->
            executor
                .host()
                .cores()
                .use(bytes * costs.executor().result(), () -> ended.accept(bytes)));
  }

  private void writeSlices(int task, SimulatedExecutor executor, DoubleConsumer ended) {
    double seconds = network.stateBytes() * costs.executor().shuffleWrite();
    train(task, executor, () -> executor.host().cores().use(seconds, () -> ended.accept(0)));
  }

  private void train(int task, SimulatedExecutor executor, Runnable trained) {
    TaskTraining training =
        new TaskTraining(cluster.clock(), costs, network, job, stragglers, number);
    broadcast.read(
        executor,
        () -> {
          double began = cluster.clock().now();
          training.start(
              task,
              executor,
              () -> {
                longestTask = Math.max(longestTask, cluster.clock().now() - began);
                trained.run();
              });
        });
  }

  private void average(Runnable ended) {
    double bytes = job.tasks() == 1 ? 0 : (double) job.tasks() * network.stateBytes();
    cluster.threads().application().compute(bytes * costs.average(), ended);
  }

  private void reduce(Runnable ended) {
    Reduction reduction =
        new Reduction(
            cluster, costs, job.tasks(), network.stateBytes(), stragglers.seed() + number);
    Stage stage = new Stage(cluster, costs, job.tasks(), reduction::run, ended);
    cluster.threads().application().compute(costs.fixed().stage(), stage::start);
  }

  /** Returns the time of the longest task, without broadcast and result. */
  double longestTask() {
    return longestTask;
  }
}
