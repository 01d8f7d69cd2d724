package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.CapturedLog;
import io.meanfield.evaluate.Score;
import io.meanfield.learner.Device;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.Contribution;
import io.meanfield.train.averaging.NormStatistics;
import io.meanfield.train.averaging.OutlierRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class OutlierWatchTest {
  private static GroupReport report(int... workers) {
    List<WorkerReport> reports = new ArrayList<>();
    List<Double> distances = new ArrayList<>();
    for (int worker : workers) {
      Score score = new Score(5, 5, 2.5, 4, 5);
      reports.add(new WorkerReport(worker, 5, 1, score, false, 0, 7, Device.CPU));
      distances.add(0.25);
    }
    return new GroupReport(workers[0], reports, "host", 9, 8, distances);
  }

  private static final List<GroupReport> GROUPS = List.of(report(0), report(1), report(2));

  /** Observes rounds in which the updates of the three workers have these norms. */
  private static void observe(OutlierWatch watch, int first, int count, double... norms) {
    List<Contribution> contributions =
        DoubleStream.of(norms).mapToObj(norm -> new Contribution(norm, 0.5, false)).toList();
    for (int round = first; round < first + count; round++) {
      watch.observe(new RoundReport(new Round(2, round, 0, 10), GROUPS, contributions, 7));
    }
  }

  @Test
  void keptOutlierIsReportedOnce() {
    try (CapturedLog log = CapturedLog.of(OutlierWatch.class)) {
      OutlierWatch watch = new OutlierWatch(Outliers.KEEP);
      observe(watch, 1, 12, 1, 1.5, 2);
      observe(watch, 13, 3, 1, 9, 2);
      assertThat(log.messages())
          .containsExactly(
              "worker 1 is an outlier in round 13 of epoch 2: its weights changed by 9.00, in"
                  + " earlier rounds by 1.50 on average; it stays in the average; check the"
                  + " examples of its shard, or set train.outliers = quarantine; further outliers"
                  + " are not reported (column divergence of table rounds shows all workers)");
    }
  }

  @Test
  void continuedRunKnowsTheRoundsOfEarlierProcesses() {
    NormStatistics statistics = NormStatistics.NONE;
    double[] usual = {1, 1.5, 2};
    for (int round = 1; round <= 12; round++) {
      statistics = new OutlierRule.ZScore(statistics).after(usual);
    }
    try (CapturedLog log = CapturedLog.of(OutlierWatch.class)) {
      OutlierWatch resumed = new OutlierWatch(Outliers.QUARANTINE);
      resumed.begin(TrainingState.initial(LearnerState.fresh(new float[1])).withNorms(statistics));
      observe(resumed, 13, 1, 1, 9, 2);
      assertThat(log.messages())
          .containsExactly(
              "worker 1 is an outlier in round 13 of epoch 2: its weights changed by 9.00, in"
                  + " earlier rounds by 1.50 on average; it is left out of the round's average;"
                  + " check the examples of its shard; further outliers are not reported (column"
                  + " divergence of table rounds shows all workers)");
    }
  }

  private static TrainingState afterSteps(int iteration) {
    return TrainingState.initial(new LearnerState(new float[1], new float[0], iteration, 1));
  }

  /** A pre-trained layer and the network have updates of different sizes. */
  @Test
  void keptOutliersAreComparedWithRoundsOfTheSameLayerOnly() {
    try (CapturedLog log = CapturedLog.of(OutlierWatch.class)) {
      OutlierWatch watch = new OutlierWatch(Outliers.KEEP);
      watch.begin(afterSteps(0));
      observe(watch, 1, 12, 1, 1.5, 2);
      watch.begin(afterSteps(0)); // the network begins to train
      observe(watch, 13, 1, 1, 9, 2);
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void keptOutliersAreComparedWithRoundsOfEarlierEpochs() {
    try (CapturedLog log = CapturedLog.of(OutlierWatch.class)) {
      OutlierWatch watch = new OutlierWatch(Outliers.KEEP);
      watch.begin(afterSteps(0));
      observe(watch, 1, 12, 1, 1.5, 2);
      watch.begin(afterSteps(120));
      observe(watch, 13, 1, 1, 9, 2);
      assertThat(log.messages()).hasSize(1);
    }
  }

  @Test
  void reportOfAnOutlierCountsNoLossAndHasNoDivergence() {
    GroupReport outlier = report(3, 4).averaged(new Contribution(9, Double.NaN, true));
    assertThat(outlier.averagedExamples()).isZero();
    assertThat(outlier.workers()).allMatch(WorkerReport::quarantined);
    assertThat(outlier.workers()).extracting(WorkerReport::examples).containsExactly(5L, 5L);
    assertThat(outlier.workers().get(0).quarantinedLoss()).isEqualTo(2.5);
    assertThat(outlier.distanceFromAverage(1)).isEmpty();
  }

  @Test
  void distanceOfATaskWithOneWorkerIsThatFromTheRoundsAverage() {
    Contribution contribution = new Contribution(9, 0.5, false);
    assertThat(report(3).averaged(contribution).distanceFromAverage(0)).contains(0.5);
    assertThat(report(3, 4).averaged(contribution).distanceFromAverage(1)).contains(0.25);
    assertThat(report(3).averaged(new Contribution(9, Double.NaN, false)).distanceFromAverage(0))
        .isEqualTo(Optional.empty());
  }
}
