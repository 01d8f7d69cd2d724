package io.meanfield.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EpochPlanTest {
  private static EpochPlan plan(Workers workers, int executors, int cores, double stepSeconds) {
    EpochSettings epoch =
        new EpochSettings(
            CostsFixture.network(1000, stepSeconds),
            128 * 470,
            50,
            10,
            workers,
            Averaging.AUTOMATIC);
    Cluster cluster =
        new Cluster(executors, cores, 1, new Cluster.OwnHosts(), Double.POSITIVE_INFINITY, 0);
    return EpochPlan.of(epoch, cluster, CostsFixture.none());
  }

  @Test
  void lastRoundHasTheRestOfTheMinibatches() {
    EpochPlan plan = plan(Workers.TASK_EACH, 2, 1, 1);
    assertThat(plan.job()).isEqualTo(new SparkJob(2, 1, 1, 50));
    assertThat(plan.count()).isEqualTo(4);
    assertThat(plan.last()).contains(new SparkJob(2, 1, 1, 35));
  }

  @Test
  void groupsAverageInMemoryBetweenRounds() {
    EpochPlan plan = plan(Workers.TASK_FOR_EXECUTOR, 2, 5, 1);
    assertThat(plan.job()).isEqualTo(new SparkJob(2, 5, 5, 10));
  }

  @Test
  void jobOfAllWorkersTakesASecond() {
    EpochPlan plan = plan(Workers.ONE_TASK, 1, 1, 0.01); // a round takes half a second
    assertThat(plan.job()).isEqualTo(new SparkJob(1, 1, 2, 50));
    assertThat(plan.count()).isEqualTo(5);
    assertThat(plan.last()).isEmpty();
  }
}
