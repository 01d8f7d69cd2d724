package io.meanfield.bench.scaling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds for all clusters, states and frequencies. */
class EpochModelPropertiesTest {
  private static final double GIGABIT = 1.25e8;
  private static final int TRIES = 100;

  private record Use(double start, double end) {}

  private static EpochSettings epoch(long stateBytes, int sync, Averaging averaging) {
    NetworkCost network = CostsFixture.network(stateBytes, 1e-3);
    return new EpochSettings(network, 128 * 400, sync, 5, Workers.TASK_EACH, averaging);
  }

  private static EpochPrediction predict(EpochSettings epoch, Cluster cluster) {
    return new EpochModel(CostsFixture.realistic(1), Stragglers.NONE, 3).predict(epoch, cluster);
  }

  @Property(tries = TRIES)
  void noCoreAndNoLinkDoesTwoThingsAtOnce(
      @ForAll @IntRange(min = 1, max = 20) int executors,
      @ForAll @IntRange(min = 1, max = 3) int cores,
      @ForAll @LongRange(min = 1000, max = 40_000_000) long stateBytes,
      @ForAll Workers workers,
      @ForAll Averaging averaging,
      @ForAll boolean isOneHost) {
    int count = workers == Workers.ONE_TASK ? 1 : executors;
    Cluster.Hosting hosting = isOneHost ? new Cluster.OneHost(2) : new Cluster.OwnHosts();
    Cluster cluster = new Cluster(count, cores, 2, hosting, GIGABIT, 1e-4);
    Map<String, List<Use>> uses = new HashMap<>();
    EpochSettings settings =
        new EpochSettings(
            CostsFixture.network(stateBytes, 1e-3), 128 * 400, 20, 5, workers, averaging);
    new EpochModel(CostsFixture.realistic(1), new Stragglers(0.2, 1), 3)
        .predict(
            settings,
            cluster,
            (resource, unit, start, end) ->
                uses.computeIfAbsent(resource + " " + unit, name -> new ArrayList<>())
                    .add(new Use(start, end)));
    assertThat(uses).isNotEmpty();
    uses.values().forEach(EpochModelPropertiesTest::assertOneAfterTheOther);
  }

  // Uses are reported when they begin, so their order is that of the events.
  private static void assertOneAfterTheOther(List<Use> uses) {
    assertThat(uses).isSortedAccordingTo(Comparator.comparingDouble(Use::start));
    for (int i = 1; i < uses.size(); i++) {
      assertThat(uses.get(i).start()).isGreaterThanOrEqualTo(uses.get(i - 1).end());
    }
  }

  @Property(tries = TRIES)
  void driverReceivesEachStateOrOnlyTheirAverage(
      @ForAll @IntRange(min = 2, max = 40) int executors,
      @ForAll @LongRange(min = 1000, max = 40_000_000) long stateBytes) {
    Cluster cluster = CostsFixture.cluster(executors, GIGABIT, 1e-4);
    double state = stateBytes / GIGABIT;
    int rounds = (400 / executors + (400 % executors == 0 ? 0 : 1) + 19) / 20;
    assertThat(predict(epoch(stateBytes, 20, Averaging.DRIVER), cluster).driverDownSeconds())
        .isCloseTo(rounds * executors * state, within(1e-6 * rounds * executors * state));
    assertThat(predict(epoch(stateBytes, 20, Averaging.EXECUTORS), cluster).driverDownSeconds())
        .isCloseTo(rounds * state, within(1e-6 * rounds * state));
  }

  @Property(tries = TRIES)
  void workIsConserved(
      @ForAll @IntRange(min = 2, max = 16) int executors,
      @ForAll @LongRange(min = 1000, max = 40_000_000) long stateBytes) {
    Costs costs = CostsFixture.realistic(1);
    double[] busy = new double[1];
    NetworkCost network = CostsFixture.network(stateBytes, 1e-3);
    EpochSettings settings =
        new EpochSettings(
            network, 128L * 20 * executors, 20, 20, Workers.TASK_EACH, Averaging.DRIVER);
    new EpochModel(costs, Stragglers.NONE, 1)
        .predict(
            settings,
            CostsFixture.infiniteNetwork(executors),
            (resource, unit, start, end) -> {
              if (resource.startsWith("executor") && resource.endsWith("cores")) {
                busy[0] += end - start;
              }
            });
    Costs.Executor each = costs.executor();
    double task =
        costs.fixed().executorTask()
            + stateBytes * (each.read() + each.learner() + each.result())
            + 20 * 1e-3;
    assertThat(busy[0]).isCloseTo(executors * task, within(1e-6 * executors * task));
  }

  @Property(tries = TRIES)
  void rarerAveragesNeverTakeLonger(
      @ForAll @IntRange(min = 1, max = 30) int executors,
      @ForAll @LongRange(min = 1000, max = 5_000_000) long stateBytes,
      @ForAll @IntRange(min = 1, max = 20) int sync,
      @ForAll @IntRange(min = 1, max = 5) int factor) {
    Cluster cluster = CostsFixture.cluster(executors, GIGABIT, 1e-4);
    NetworkCost network = CostsFixture.network(stateBytes, 1e-3);
    long examples = 128L * executors * sync * factor; // rounds that divide
    double often =
        predict(
                new EpochSettings(network, examples, sync, 1, Workers.TASK_EACH, Averaging.DRIVER),
                cluster)
            .seconds();
    double rarely =
        predict(
                new EpochSettings(
                    network, examples, sync * factor, 1, Workers.TASK_EACH, Averaging.DRIVER),
                cluster)
            .seconds();
    assertThat(rarely).isLessThanOrEqualTo(often * (1 + 1e-3));
  }

  @Property(tries = TRIES)
  void largerStatesOnOneExecutorTakeLonger(
      @ForAll @LongRange(min = 1000, max = 40_000_000) long stateBytes,
      @ForAll @LongRange(min = 1, max = 40_000_000) long more) {
    Cluster cluster = CostsFixture.cluster(1, GIGABIT, 1e-4);
    assertThat(predict(epoch(stateBytes + more, 20, Averaging.DRIVER), cluster).seconds())
        .isGreaterThan(predict(epoch(stateBytes, 20, Averaging.DRIVER), cluster).seconds());
  }

  @Property(tries = TRIES)
  void slowerLinksNeverHelpOneExecutor(
      @ForAll @LongRange(min = 1000, max = 1 << 20) long stateBytes,
      @ForAll @DoubleRange(min = 1, max = 100) double slower) {
    assertThat(partSaved(1, stateBytes, slower)).isLessThanOrEqualTo(1e-9);
  }

  /**
   * A slower link can change the order in which states reach the driver, and another order can end
   * a little earlier: the timing anomaly of Graham, Bounds on Multiprocessing Timing Anomalies
   * (1969). It stays far below what the model can predict.
   */
  @Property(tries = TRIES)
  void slowerLinksSaveNoHundredthOfAnEpoch(
      @ForAll @IntRange(min = 2, max = 60) int executors,
      @ForAll @LongRange(min = 1000, max = 1 << 20) long stateBytes,
      @ForAll @DoubleRange(min = 1, max = 100) double slower) {
    assertThat(partSaved(executors, stateBytes, slower)).isLessThan(0.01);
  }

  /** Returns the part of an epoch's time that links save when they are slower by a factor. */
  private static double partSaved(int executors, long stateBytes, double slower) {
    EpochSettings settings = epoch(stateBytes, 20, Averaging.DRIVER);
    double fast = predict(settings, CostsFixture.cluster(executors, GIGABIT, 0)).seconds();
    double slow = predict(settings, CostsFixture.cluster(executors, GIGABIT / slower, 0)).seconds();
    return (fast - slow) / fast;
  }

  /** If every cost and the network are slower by a factor, so is the epoch: no constant is left. */
  @Property(tries = TRIES)
  void timeHasNoScale(
      @ForAll @IntRange(min = 1, max = 30) int executors,
      @ForAll @LongRange(min = 1000, max = 40_000_000) long stateBytes,
      @ForAll @IntRange(min = -3, max = 3) int exponent,
      @ForAll Averaging averaging) {
    double factor = Math.scalb(1.0, exponent); // multiplies without rounding
    EpochSettings once = epoch(stateBytes, 20, averaging);
    EpochSettings scaled =
        new EpochSettings(
            CostsFixture.network(stateBytes, 1e-3 * factor),
            once.examples(),
            20,
            5,
            Workers.TASK_EACH,
            averaging);
    double seconds = predict(once, CostsFixture.cluster(executors, GIGABIT, 1e-4)).seconds();
    double scaledSeconds =
        new EpochModel(CostsFixture.realistic(factor), Stragglers.NONE, 3)
            .predict(scaled, CostsFixture.cluster(executors, GIGABIT / factor, 1e-4 * factor))
            .seconds();
    assertThat(scaledSeconds).isEqualTo(factor * seconds);
  }

  @Property(tries = TRIES)
  void anotherWorkerNeverShortensTheLongestTask(
      @ForAll @IntRange(min = 1, max = 60) int executors,
      @ForAll @DoubleRange(min = 0.01, max = 0.5) double sigma,
      @ForAll @LongRange(min = 1, max = 1000) long seed) {
    assertThat(longestTask(executors + 1, sigma, seed))
        .isGreaterThanOrEqualTo(longestTask(executors, sigma, seed) * (1 - 1e-9));
  }

  private static double longestTask(int executors, double sigma, long seed) {
    EpochSettings settings =
        new EpochSettings(
            CostsFixture.network(1000, 1e-3),
            128L * 20 * executors,
            20,
            20,
            Workers.TASK_EACH,
            Averaging.DRIVER);
    return new EpochModel(CostsFixture.none(), new Stragglers(sigma, seed), 1)
        .predict(settings, CostsFixture.infiniteNetwork(executors))
        .computingSeconds();
  }
}
