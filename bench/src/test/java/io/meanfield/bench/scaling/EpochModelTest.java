package io.meanfield.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** Limits with a closed form: one cost counts, the others are 0. */
class EpochModelTest {
  private static final double EPSILON = 1e-9;
  private static final long EXAMPLES = 128 * 120; // 120 steps of one worker

  private static EpochSettings epoch(
      NetworkCost network, int sync, Workers workers, Averaging averaging) {
    return new EpochSettings(network, EXAMPLES, sync, 10, workers, averaging);
  }

  private static double seconds(Costs costs, EpochSettings epoch, Cluster cluster) {
    return new EpochModel(costs, Stragglers.NONE, 5).predict(epoch, cluster).seconds();
  }

  private static double seconds(Costs costs, long stateBytes, Averaging averaging, Cluster all) {
    NetworkCost network = CostsFixture.network(stateBytes, 0);
    return seconds(costs, epoch(network, 10, Workers.TASK_EACH, averaging), all);
  }

  @Test
  void epochOfOneExecutorWithFreeSparkIsItsSteps() {
    NetworkCost network = CostsFixture.network(1000, 0.5);
    for (Workers workers : Workers.values()) {
      assertThat(
              seconds(
                  CostsFixture.none(),
                  epoch(network, 7, workers, Averaging.AUTOMATIC),
                  CostsFixture.infiniteNetwork(1)))
          .isCloseTo(120 * 0.5, within(workers == Workers.ONE_TASK ? 7 * 0.5 : EPSILON));
    }
  }

  @Test
  void freeSparkHalvesTheEpochWithTwiceTheExecutors() {
    NetworkCost network = CostsFixture.network(1000, 0.5);
    for (int executors : new int[] {2, 4, 8}) {
      assertThat(
              seconds(
                  CostsFixture.none(),
                  epoch(network, 5, Workers.TASK_EACH, Averaging.AUTOMATIC),
                  CostsFixture.infiniteNetwork(executors)))
          .isCloseTo(120 * 0.5 / executors, within(EPSILON));
    }
  }

  @Test
  void eachRoundCostsAJob() {
    Costs costs =
        CostsFixture.of(
            new Costs.Fixed(0.25, 0, 0, 0, 0), CostsFixture.NO_DRIVER, CostsFixture.NO_EXECUTOR, 0);
    assertThat(seconds(costs, 1000, Averaging.DRIVER, CostsFixture.infiniteNetwork(3)))
        .isCloseTo(4 * 0.25, within(EPSILON)); // 40 steps of a worker, every 10
  }

  @Test
  void executorsAddASecondStage() {
    Costs costs =
        CostsFixture.of(
            new Costs.Fixed(0, 0.25, 0, 0, 0), CostsFixture.NO_DRIVER, CostsFixture.NO_EXECUTOR, 0);
    assertThat(seconds(costs, 1000, Averaging.EXECUTORS, CostsFixture.infiniteNetwork(3)))
        .isCloseTo(4 * 0.25, within(EPSILON));
  }

  @Test
  void schedulerHandlesTasksOneAfterTheOther() {
    Costs costs =
        CostsFixture.of(
            new Costs.Fixed(0, 0, 0.1, 0, 0), CostsFixture.NO_DRIVER, CostsFixture.NO_EXECUTOR, 0);
    assertThat(seconds(costs, 1000, Averaging.DRIVER, CostsFixture.infiniteNetwork(12)))
        .isCloseTo(12 * 0.1, within(EPSILON)); // one round
  }

  @Test
  void driverAveragesAllBytesOnOneCore() {
    Costs costs =
        CostsFixture.of(
            CostsFixture.NO_FIXED, CostsFixture.NO_DRIVER, CostsFixture.NO_EXECUTOR, 1e-3);
    assertThat(seconds(costs, 1000, Averaging.DRIVER, CostsFixture.infiniteNetwork(12)))
        .isCloseTo(12 * 1000 * 1e-3, within(EPSILON));
  }

  @Test
  void driverDeserialisesFourResultsAtATime() {
    Costs costs =
        CostsFixture.of(
            CostsFixture.NO_FIXED, new Costs.Driver(0, 0, 1e-3), CostsFixture.NO_EXECUTOR, 0);
    assertThat(seconds(costs, 1000, Averaging.DRIVER, CostsFixture.infiniteNetwork(12)))
        .isCloseTo(12 / 4 * 1000 * 1e-3, within(EPSILON));
  }

  /** A block goes to each executor in turn; the results follow while the others are sent. */
  @Test
  void driversLinkSendsAndReceivesAllStates() {
    assertThat(
            seconds(CostsFixture.none(), 1000, Averaging.DRIVER, CostsFixture.cluster(12, 1e4, 0)))
        .isCloseTo((12 + 1) * 0.1, within(EPSILON));
  }

  /** Executors pass the blocks on, so that 64 of them need far less than 64 times the link. */
  @Test
  void executorsPassTheBlocksOfALargeBroadcastOn() {
    long bytes = 50L * (4 << 20);
    double one = bytes / 1e9;
    double all =
        seconds(CostsFixture.none(), bytes, Averaging.EXECUTORS, CostsFixture.cluster(12, 1e9, 0));
    // Broadcast, slices to the averaging executor, averages to the driver: each at least one state.
    assertThat(all).isBetween(2.9 * one, 8 * one);
  }

  @Test
  void oneSliceIsAveragedByOneExecutor() {
    Costs costs =
        CostsFixture.of(
            CostsFixture.NO_FIXED, CostsFixture.NO_DRIVER, new Costs.Executor(0, 0, 0, 0, 1e-6), 0);
    assertThat(seconds(costs, 4 << 20, Averaging.EXECUTORS, CostsFixture.infiniteNetwork(12)))
        .isCloseTo(12 * (4 << 20) * 1e-6, within(EPSILON));
  }

  @Test
  void asManySlicesAsExecutorsAreAveragedSideBySide() {
    Costs costs =
        CostsFixture.of(
            CostsFixture.NO_FIXED, CostsFixture.NO_DRIVER, new Costs.Executor(0, 0, 0, 0, 1e-6), 0);
    assertThat(
            seconds(costs, 12L * (4 << 20), Averaging.EXECUTORS, CostsFixture.infiniteNetwork(12)))
        .isCloseTo(12 * (4 << 20) * 1e-6, within(EPSILON));
  }

  @Test
  void workersOfATaskComputeSideBySide() {
    NetworkCost network = CostsFixture.network(1000, 0.5);
    Cluster cluster = new Cluster(3, 4, 1, new Cluster.OwnHosts(), Double.POSITIVE_INFINITY, 0);
    assertThat(
            seconds(
                CostsFixture.none(),
                epoch(network, 10, Workers.TASK_FOR_EXECUTOR, Averaging.AUTOMATIC),
                cluster))
        .isCloseTo(120 * 0.5 / 12, within(EPSILON));
  }

  @Test
  void executorsOfOneHostShareItsCores() {
    NetworkCost network = CostsFixture.network(1000, 0.5);
    Cluster cluster = new Cluster(4, 1, 2, new Cluster.OneHost(2), Double.POSITIVE_INFINITY, 0);
    assertThat(
            seconds(
                CostsFixture.none(),
                epoch(network, 10, Workers.TASK_EACH, Averaging.DRIVER),
                cluster))
        .isCloseTo(120 * 0.5 / 2, within(EPSILON));
  }

  @Test
  void synchronisingIsTheTimeBesidesTheLongestTasks() {
    NetworkCost network = CostsFixture.network(1000, 0.5);
    Costs costs =
        CostsFixture.of(
            new Costs.Fixed(1, 0, 0, 0, 0), CostsFixture.NO_DRIVER, CostsFixture.NO_EXECUTOR, 0);
    EpochPrediction epoch =
        new EpochModel(costs, Stragglers.NONE, 1)
            .predict(
                epoch(network, 20, Workers.TASK_EACH, Averaging.DRIVER),
                CostsFixture.infiniteNetwork(1));
    assertThat(epoch.synchronisingSeconds()).isCloseTo(6, within(EPSILON));
    assertThat(epoch.synchronisingShare()).isCloseTo(6 / 66.0, within(EPSILON));
  }

  @Test
  void oneTaskNeedsOneExecutor() {
    NetworkCost network = CostsFixture.network(1000, 0.5);
    assertThatThrownBy(
            () ->
                seconds(
                    CostsFixture.none(),
                    epoch(network, 10, Workers.ONE_TASK, Averaging.AUTOMATIC),
                    CostsFixture.infiniteNetwork(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("one task needs 1 executor, found 2");
  }
}
