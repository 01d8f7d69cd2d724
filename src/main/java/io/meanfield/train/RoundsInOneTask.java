package io.meanfield.train;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.sparkui.SparkJobs;
import io.meanfield.train.averaging.AveragingRound;
import io.meanfield.train.history.TrainingState;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs the rounds of an epoch in one Spark job with one task that has all workers, or in several
 * such jobs if the epoch takes long. Driver only.
 */
final class RoundsInOneTask implements RoundRunner {
  private final JavaRDD<ShardGroup> training;
  private final int threads;
  private final JavaSparkContext spark;
  private final Broadcast<GroupTask> task;
  private final RoundReporter reporter;
  private final JobLength jobLength = new JobLength();

  /**
   * Creates a runner of rounds.
   *
   * @param training one group with the shards of all workers
   * @param threads number of workers that compute in parallel
   */
  RoundsInOneTask(
      GroupTask task, JavaRDD<ShardGroup> training, int threads, RoundReporter reporter) {
    this.training = training;
    this.threads = threads;
    this.spark = JavaSparkContext.fromSparkContext(training.context());
    this.task = spark.broadcast(task);
    this.reporter = reporter;
  }

  @Override
  public TrainingState run(List<Round> rounds, TrainingState start, EpochTotals totals) {
    TrainingState state = start;
    for (int done = 0; done < rounds.size(); ) {
      List<Round> next = jobLength.next(rounds.subList(done, rounds.size()));
      state = runJob(next, state, totals);
      done += next.size();
    }
    return state;
  }

  private TrainingState runJob(List<Round> rounds, TrainingState start, EpochTotals totals) {
    long began = System.nanoTime();
    InMemoryReport report =
        SparkJobs.named(training.context(), name(rounds), () -> train(rounds, start));
    long nanos = System.nanoTime() - began;
    report(report, start, nanos, totals);
    if (!report.failure().isEmpty()) {
      throw new UserException(ErrorCode.DIVERGED, report.failure());
    }
    jobLength.ended(rounds, report.trainingNanos(), nanos);
    return new TrainingState(report.state(), report.outerMomentum().weights());
  }

  private static String name(List<Round> rounds) {
    Round first = rounds.get(0);
    int last = rounds.get(rounds.size() - 1).number();
    return "epoch "
        + first.epoch()
        + (rounds.size() == 1 ? ", round " + last : ", rounds " + first.number() + " to " + last);
  }

  private InMemoryReport train(List<Round> rounds, TrainingState start) {
    Broadcast<LearnerState[]> state =
        spark.broadcast(
            new LearnerState[] {start.learner(), LearnerState.fresh(start.outerMomentum())});
    Broadcast<GroupTask> groupTask = task; // the closure must not capture this object
    int parallel = threads;
    try {
      return SparkJobs.collect(
              training,
              groups ->
                  AveragingRound.ofOnly(
                      groups,
                      all ->
                          InMemoryRounds.run(
                              groupTask.value(),
                              rounds,
                              all,
                              new TrainingState(state.value()[0], state.value()[1].weights()),
                              parallel)))
          .get(0);
    } finally {
      state.destroy();
    }
  }

  // Each round has an equal share of the time that the job took besides.
  private void report(InMemoryReport report, TrainingState start, long nanos, EpochTotals totals) {
    int count = report.rounds().size();
    long share = count == 0 ? 0 : (nanos - report.trainingNanos()) / count;
    long bytesIn = start.learner().bytes();
    for (RoundReport round : report.rounds()) {
      round.groups().forEach(totals::add);
      reporter.report(round, bytesIn, round.nanos() + share);
      bytesIn = 0;
    }
  }

  @Override
  public void close() {
    task.destroy();
  }
}
