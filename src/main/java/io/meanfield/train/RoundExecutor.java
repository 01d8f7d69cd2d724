package io.meanfield.train;

import io.meanfield.data.shard.ShardGroup;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Score;
import io.meanfield.network.LearnerState;
import io.meanfield.network.ParameterLayout;
import io.meanfield.tracking.spark.SparkJobs;
import io.meanfield.train.averaging.AveragingRound;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Runs the rounds of a training run, each as one Spark job. The task is the same in all rounds and
 * is broadcast once: in the closure of every round, which Spark serialises more than once, it would
 * cost as much as the average itself. Driver only.
 */
final class RoundExecutor implements AutoCloseable {
  private final AveragingSettings averaging;
  private final ParameterLayout layout;
  private final JavaRDD<ShardGroup> training;
  private final Broadcast<GroupTask> task;
  private final IntToDoubleFunction learningRate;
  private final List<TrainingListener> listeners;

  RoundExecutor(
      GroupTask task,
      JavaRDD<ShardGroup> training,
      IntToDoubleFunction learningRate,
      List<TrainingListener> listeners) {
    this.averaging = task.settings().averaging();
    this.layout = ParameterLayout.of(task.network().network());
    this.training = training;
    this.task = JavaSparkContext.fromSparkContext(training.context()).broadcast(task);
    this.learningRate = learningRate;
    this.listeners = listeners;
  }

  /**
   * Runs a round.
   *
   * @throws UserException if every worker of the round has diverged
   */
  TrainingState run(Round round, TrainingState start, EpochTotals totals) {
    long began = System.nanoTime();
    Broadcast<GroupTask> groupTask = task; // the closure must not capture this object
    AveragingRound.AveragedResult<GroupReport> averaged =
        SparkJobs.named(
            training.context(),
            "epoch " + round.epoch() + ", round " + round.number(),
            () ->
                AveragingRound.run(
                    training,
                    start.learner(),
                    layout.runningLogDeviations(),
                    (group, from) ->
                        groupTask.value().run(round, group, from, TaskContext.get().cpus())));
    List<GroupReport> groups = averaged.reports();
    LearnerState mean =
        averaged
            .mean()
            .map(averaging.optimizerState()::apply)
            .orElseThrow(() -> diverged(round, start.learner(), groups));
    TrainingState state = averaging.outerOptimizer().step(round, start, mean, layout.untrained());
    long nanos = System.nanoTime() - began;
    groups.forEach(totals::add);
    report(round, groups, start.learner().bytes(), nanos);
    return state;
  }

  private UserException diverged(Round round, LearnerState start, List<GroupReport> groups) {
    String workers =
        groups.stream()
            .flatMap(group -> group.workers().stream())
            .filter(WorkerReport::quarantined)
            .map(worker -> "worker " + worker.worker() + ": loss " + worker.quarantinedLoss())
            .collect(Collectors.joining(", "));
    return new UserException(
        ErrorCode.DIVERGED,
        "training diverged: in round "
            + round.number()
            + " of epoch "
            + round.epoch()
            + " no worker's loss and weights are finite ("
            + workers
            + "; learning rate "
            + highestRate(round, start)
            + "); lower network.optimizer.learning-rate or check the data");
  }

  private double highestRate(Round round, LearnerState start) {
    return IntStream.range(round.firstStep(), round.endStep())
        .mapToDouble(
            step -> learningRate.applyAsDouble(start.iteration() + step - round.firstStep()))
        .max()
        .orElseThrow();
  }

  private void report(Round round, List<GroupReport> groups, long bytesIn, long nanos) {
    List<RoundRow> rows = new ArrayList<>();
    long longest = 0;
    for (GroupReport group : groups) {
      for (WorkerReport worker : group.workers()) {
        rows.add(row(round, group, worker, bytesIn, nanos));
      }
      longest = Math.max(longest, group.computeNanos());
    }
    TimeBreakdown time =
        new TimeBreakdown(
            Duration.ofNanos(longest), Duration.ofNanos(nanos - longest), Duration.ZERO);
    listeners.forEach(listener -> listener.roundEnded(rows));
    listeners.forEach(listener -> listener.timeSpent(time));
  }

  private static RoundRow row(
      Round round, GroupReport group, WorkerReport worker, long bytesIn, long nanos) {
    return new RoundRow(
        round.epoch(),
        round.number(),
        group.group(),
        worker.worker(),
        group.host(),
        work(worker),
        new RoundRow.Cost(
            worker.computeNanos() / 1e6,
            (nanos - worker.computeNanos()) / 1e6,
            bytesIn,
            group.bytesOut()));
  }

  private static RoundRow.Work work(WorkerReport worker) {
    return new RoundRow.Work(
        worker.examples(),
        worker.batches(),
        loss(worker.averaged()),
        worker.device().gpu(),
        worker.quarantined());
  }

  private static Optional<Double> loss(Score averaged) {
    return averaged.examples() == 0 ? Optional.empty() : Optional.of(averaged.loss());
  }

  @Override
  public void close() {
    task.destroy();
  }
}
