package io.meanfield.bench.scaling;

import java.util.ArrayList;
import java.util.List;

/**
 * Predicts the time of an epoch. A job of the epoch starts when the one before has ended, so that a
 * few jobs are simulated and the others take the mean of their times.
 */
public final class EpochModel {
  private final Costs costs;
  private final Stragglers stragglers;
  private final int simulatedJobs;

  /**
   * Creates a model.
   *
   * @param simulatedJobs number of jobs of equal length that are simulated at most
   */
  public EpochModel(Costs costs, Stragglers stragglers, int simulatedJobs) {
    if (simulatedJobs < 1) {
      throw new IllegalArgumentException(
          "at least 1 job must be simulated, found " + simulatedJobs);
    }
    this.costs = costs;
    this.stragglers = stragglers;
    this.simulatedJobs = simulatedJobs;
  }

  /** Predicts an epoch. */
  public EpochPrediction predict(EpochSettings epoch, Cluster cluster) {
    return predict(epoch, cluster, UsageListener.NONE);
  }

  EpochPrediction predict(EpochSettings epoch, Cluster cluster, UsageListener listener) {
    EpochPlan plan = EpochPlan.of(epoch, cluster, costs);
    int tasksOfExecutor = epoch.workers() == Workers.TASK_EACH ? cluster.coresPerExecutor() : 1;
    SimulatedCluster simulated = new SimulatedCluster(cluster, tasksOfExecutor, listener);
    int jobs = (int) Math.min(plan.count(), simulatedJobs);
    EpochPrediction equal = EpochPrediction.NONE;
    for (int number = 0; number < jobs; number++) {
      equal = equal.plus(run(epoch, simulated, plan.job(), number));
    }
    EpochPrediction last =
        plan.last().map(job -> run(epoch, simulated, job, jobs)).orElse(EpochPrediction.NONE);
    return jobs == 0 ? last : equal.times((double) plan.count() / jobs).plus(last);
  }

  /** Predicts a round whose tasks return their state without training. */
  public EpochPrediction roundAlone(NetworkCost network, Averaging averaging, Cluster cluster) {
    SparkJob job = new SparkJob(cluster.workers(), 1, 1, 0);
    SimulatedCluster simulated =
        new SimulatedCluster(cluster, cluster.coresPerExecutor(), UsageListener.NONE);
    EpochSettings one = new EpochSettings(network, 1, 1, 1, Workers.TASK_EACH, averaging);
    return new EpochModel(costs.withoutLearner(), stragglers, 1).run(one, simulated, job, 0);
  }

  private EpochPrediction run(
      EpochSettings epoch, SimulatedCluster cluster, SparkJob job, int number) {
    EpochPrediction before = busy(cluster);
    double began = cluster.clock().now();
    List<Double> end = new ArrayList<>();
    JobSimulation simulation =
        new JobSimulation(cluster, costs, epoch.network(), job, stragglers, number);
    simulation.start(epoch.averaging(), () -> end.add(cluster.clock().now()));
    cluster.clock().run();
    return busy(cluster).minus(before).withTime(end.get(0) - began, simulation.longestTask());
  }

  private static EpochPrediction busy(SimulatedCluster cluster) {
    Host driver = cluster.driver();
    return new EpochPrediction(
        0, 0, driver.cores().busySeconds(), driver.up().busySeconds(), driver.down().busySeconds());
  }
}
