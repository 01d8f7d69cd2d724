package io.meanfield.train;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.train.averaging.AveragingRound;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs each round as one Spark job with a task for each group. The task is the same in all rounds
 * and is broadcast once: in the closure of every round, which Spark serialises more than once, it
 * would cost as much as the average itself. Driver only.
 */
final class JobPerRound implements RoundRunner {
  private final RoundUpdate update;
  private final JavaRDD<ShardGroup> training;
  private final Broadcast<GroupTask> task;
  private final RoundReporter reporter;

  JobPerRound(GroupTask task, JavaRDD<ShardGroup> training, RoundReporter reporter) {
    this.update = new RoundUpdate(task.network().settings(), task.settings().averaging());
    this.training = training;
    this.task = JavaSparkContext.fromSparkContext(training.context()).broadcast(task);
    this.reporter = reporter;
  }

  @Override
  public EpochEnd run(List<Round> rounds, TrainingState start, EpochTotals totals) {
    TrainingState state = start;
    for (Round round : rounds) {
      state = run(round, state, totals);
    }
    return EpochEnd.of(state.atEpoch(rounds.get(0).epoch()));
  }

  private TrainingState run(Round round, TrainingState start, EpochTotals totals) {
    long began = System.nanoTime();
    RoundUpdate.Updated updated =
        update.next(
            round,
            start,
            SparkJobs.named(
                training.context(),
                "epoch " + round.epoch() + ", round " + round.number(),
                () -> average(round, start)));
    long nanos = System.nanoTime() - began;
    RoundReport report = new RoundReport(round, updated.groups(), nanos);
    totals.add(report, nanos);
    reporter.report(report, start.learner().bytes(), nanos);
    return updated.state();
  }

  private RoundFunction.AveragedResult<GroupReport> average(Round round, TrainingState start) {
    Broadcast<GroupTask> groupTask = task; // the closure must not capture this object
    return AveragingRound.run(
        training,
        start.learner(),
        update.logDeviations(),
        (group, from) -> groupTask.value().run(round, group, from, TaskContext.get().cpus()));
  }

  @Override
  public void close() {
    task.destroy();
  }
}
