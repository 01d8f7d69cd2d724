package io.meanfield.bench.scaling;

import java.util.Optional;

/**
 * The Spark jobs of an epoch: equal ones, and a last one of another length if the minibatches do
 * not divide.
 *
 * @param count number of the equal jobs
 */
record EpochPlan(SparkJob job, long count, Optional<SparkJob> last) {
  // RoundsInOneTask: a job with all workers takes about a second, or forty times its cost. Short
  // epochs share a job, which this plan leaves out.
  private static final double JOB_SECONDS = 1;
  private static final double LONGEST_JOB_SECONDS = 30;
  private static final int LEAST_TIMES_COST = 40;

  static EpochPlan of(EpochSettings epoch, Cluster cluster, Costs costs) {
    long steps = epoch.steps(cluster.workers());
    return switch (epoch.workers()) {
      case TASK_EACH -> rounds(cluster.workers(), 1, steps, epoch.syncFrequency(), 1);
      case TASK_FOR_EXECUTOR -> {
        int parts =
            cluster.coresPerExecutor() == 1
                ? 1
                : Math.max(1, epoch.syncFrequency() / epoch.averagingFrequency());
        yield rounds(
            cluster.executors(), cluster.coresPerExecutor(), steps, epoch.syncFrequency(), parts);
      }
      case ONE_TASK -> oneTask(epoch, cluster, costs, steps);
    };
  }

  private static EpochPlan rounds(int tasks, int workersOfTask, long steps, int sync, int parts) {
    long rest = steps % sync;
    SparkJob round = new SparkJob(tasks, workersOfTask, parts, sync / parts);
    return new EpochPlan(
        round,
        steps / sync,
        rest == 0 ? Optional.empty() : Optional.of(new SparkJob(tasks, workersOfTask, 1, rest)));
  }

  private static EpochPlan oneTask(EpochSettings epoch, Cluster cluster, Costs costs, long steps) {
    if (cluster.executors() != 1) {
      throw new IllegalArgumentException("one task needs 1 executor, found " + cluster.executors());
    }
    long sync = Math.min(epoch.syncFrequency(), steps);
    long rounds = (steps + sync - 1) / sync;
    NetworkCost network = epoch.network();
    double training =
        sync * network.stepSeconds()
            + network.stateBytes()
                * (costs.executor().learner()
                    + cluster.workers()
                        * costs.average()
                        / TaskTraining.averagingThreads(network, cluster.workers()));
    double other =
        costs.fixed().job()
            + network.stateBytes()
                * (costs.driver().broadcast()
                    + costs.driver().receive()
                    + costs.executor().read()
                    + costs.executor().result());
    double wanted = Math.min(LONGEST_JOB_SECONDS, Math.max(JOB_SECONDS, LEAST_TIMES_COST * other));
    long length = Math.max(1, Math.min(rounds, (long) (wanted / training)));
    long rest = rounds % length;
    return new EpochPlan(
        job(cluster, length, sync),
        rounds / length,
        rest == 0 ? Optional.empty() : Optional.of(job(cluster, rest, sync)));
  }

  // The last round of the epoch is as long as the others: an error of less than a round.
  private static SparkJob job(Cluster cluster, long rounds, long sync) {
    return new SparkJob(1, cluster.workers(), Math.toIntExact(rounds), sync);
  }
}
