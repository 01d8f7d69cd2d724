package io.meanfield.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.meanfield.LocalSpark;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.AveragingOnExecutors;
import io.meanfield.train.averaging.AveragingRound;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.averaging.WeightedState;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The report of a task that trains all workers, on its way to the driver. */
class InMemoryReportIT {
  private static final LearnerState START = LearnerState.fresh(new float[] {0, 0});

  /** Returns what a task returns after a round. */
  private static RoundFunction.RoundOutput<InMemoryReport> trained() {
    TrainingState state =
        new TrainingState(
            new LearnerState(new float[] {1, 2}, new float[] {3}, 7, 1), new float[] {4, 5});
    RoundReport round =
        new RoundReport(
            new Round(1, 1, 0, 7),
            List.of(
                new GroupReport(0, List.of(WorkerReport.idle(0)), "host", 5, 24, List.of(0.25))),
            11);
    return new RoundFunction.RoundOutput<>(
        new WeightedState(state.learner(), 20),
        new InMemoryReport(List.of(round), LearnerState.fresh(state.outerMomentum()), ""));
  }

  private static RoundFunction.RoundOutput<InMemoryReport> diverged(LearnerState start) {
    return new RoundFunction.RoundOutput<>(
        new WeightedState(start, 0),
        new InMemoryReport(
            List.of(), LearnerState.fresh(new float[0]), "training diverged in round 1"));
  }

  @Test
  void reportAndStatePassThroughTheShuffle() {
    RoundFunction<Integer, InMemoryReport> task =
        (shard, start) -> shard == 0 ? trained() : diverged(start);
    AveragingRound.AveragedResult<InMemoryReport> result =
        AveragingOnExecutors.run(
            LocalSpark.context().parallelize(List.of(0, 1), 2), START, List.of(), task);
    InMemoryReport expected = trained().report();
    InMemoryReport found = result.reports().get(0);
    assertThat(found.rounds()).isEqualTo(expected.rounds());
    assertThat(found.failure()).isEmpty();
    LearnerState learner = trained().weightedState().state(); // the average of the only one
    assertThat(result.mean().orElseThrow()).usingRecursiveComparison().isEqualTo(learner);
    assertThat(found.outerMomentum().weights()).containsExactly(4, 5);
    assertThat(result.reports().get(1).failure()).isEqualTo("training diverged in round 1");
  }
}
