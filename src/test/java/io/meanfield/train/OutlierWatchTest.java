package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.CapturedLog;
import io.meanfield.evaluate.Score;
import io.meanfield.learner.Device;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.Contribution;
import io.meanfield.train.averaging.NormStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutlierWatchTest {
  private static GroupReport report(int... workers) {
    List<WorkerReport> reports = new ArrayList<>();
    List<Double> divergences = new ArrayList<>();
    for (int worker : workers) {
      Score score = new Score(5, 5, 2.5, 4, 5);
      reports.add(new WorkerReport(worker, 5, 1, score, false, 0, 7, Device.CPU));
      divergences.add(0.25);
    }
    return new GroupReport(workers[0], reports, "host", 9, 8, divergences);
  }

  private static final List<GroupReport> GROUPS = List.of(report(0), report(1), report(2));

  /** Runs rounds in which the updates of the three workers have these norms. */
  private static TrainingState rounds(
      OutlierWatch watch, TrainingState start, int first, int count, double... norms) {
    TrainingState state = start;
    for (int round = first; round < first + count; round++) {
      boolean[] outliers = watch.rule(state).outliers(norms);
      List<Contribution> contributions = new ArrayList<>();
      for (int i = 0; i < norms.length; i++) {
        contributions.add(new Contribution(norms[i], 0.5, outliers[i]));
      }
      state =
          state.withNorms(watch.after(new Round(2, round, 0, 10), state, GROUPS, contributions));
    }
    return state;
  }

  private static TrainingState initial() {
    return TrainingState.initial(LearnerState.fresh(new float[1]));
  }

  @Test
  void keptOutlierIsReportedOnce() {
    try (CapturedLog log = CapturedLog.of(OutlierWatch.class)) {
      OutlierWatch watch = new OutlierWatch(Outliers.KEEP);
      TrainingState usual = rounds(watch, initial(), 1, 12, 1, 1.5, 2);
      assertThat(watch.rule(usual).outliers(new double[] {1, 9, 2})).containsOnly(false);
      TrainingState end = rounds(watch, usual, 13, 3, 1, 9, 2);
      assertThat(end.norms()).isEqualTo(NormStatistics.NONE);
      assertThat(log.messages())
          .containsExactly(
              "worker 1 is an outlier in round 13 of epoch 2: its weights changed by 9.00, in"
                  + " earlier rounds by 1.50 on average; it stays in the average; check the"
                  + " examples of its shard, or set train.outliers = quarantine; further outliers"
                  + " are not reported (column divergence of table rounds shows all workers)");
    }
  }

  @Test
  void statisticsOfAQuarantiningRunAreInItsState() {
    try (CapturedLog log = CapturedLog.of(OutlierWatch.class)) {
      TrainingState usual =
          rounds(new OutlierWatch(Outliers.QUARANTINE), initial(), 1, 12, 1, 1.5, 2);
      assertThat(usual.norms().rounds()).isEqualTo(12);
      // Another process continues.
      OutlierWatch resumed = new OutlierWatch(Outliers.QUARANTINE);
      assertThat(resumed.rule(usual).outliers(new double[] {1, 9, 2}))
          .containsExactly(false, true, false);
      rounds(resumed, usual, 13, 1, 1, 9, 2);
      assertThat(log.messages())
          .containsExactly(
              "worker 1 is an outlier in round 13 of epoch 2: its weights changed by 9.00, in"
                  + " earlier rounds by 1.50 on average; it is left out of the round's average;"
                  + " check the examples of its shard; further outliers are not reported (column"
                  + " divergence of table rounds shows all workers)");
    }
  }

  @Test
  void reportOfAnOutlierCountsNoLossAndHasNoDivergence() {
    GroupReport outlier = report(3, 4).averaged(new Contribution(9, Double.NaN, true));
    assertThat(outlier.averagedExamples()).isZero();
    assertThat(outlier.workers()).allMatch(WorkerReport::quarantined);
    assertThat(outlier.workers()).extracting(WorkerReport::examples).containsExactly(5L, 5L);
    assertThat(outlier.workers().get(0).quarantinedLoss()).isEqualTo(2.5);
    assertThat(outlier.divergence(1)).isEmpty();
  }

  @Test
  void divergenceOfATaskWithOneWorkerIsThatFromTheRoundsAverage() {
    Contribution contribution = new Contribution(9, 0.5, false);
    assertThat(report(3).averaged(contribution).divergence(0)).contains(0.5);
    assertThat(report(3, 4).averaged(contribution).divergence(1)).contains(0.25);
    assertThat(report(3).averaged(new Contribution(9, Double.NaN, false)).divergence(0))
        .isEqualTo(Optional.empty());
  }
}
