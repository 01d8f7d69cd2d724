package io.meanfield.train;

import io.meanfield.batch.TaskDevice;
import io.meanfield.batch.TaskMemory;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.averaging.WeightedAverage;
import io.meanfield.train.history.TrainingState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkEnv;

/**
 * Trains all logical workers for several rounds in the memory of one task. Each worker is a group,
 * and a round computes what {@link JobPerRound} does with a Spark job, in the same order and so
 * with the same bits. Stateless: a retry on another executor returns the same bits.
 */
final class InMemoryRounds {
  private final List<WorkerTask> workers;
  private final int threads;
  private final RoundUpdate update;
  private final String host = SparkEnv.get().blockManager().blockManagerId().host();
  private final List<RoundReport> reports = new ArrayList<>();
  private TrainingState state;

  private InMemoryRounds(GroupTask task, ShardGroup all, TrainingState start, int threads) {
    this.workers = task.workers(all, TaskDevice.current());
    this.threads = threads;
    this.update = new RoundUpdate(task.network().settings(), task.settings().averaging());
    this.state = start;
  }

  /**
   * Trains rounds and returns the state after them, or that before a round which diverged.
   *
   * @param all the shards of all workers
   * @param threads number of workers that compute in parallel; changes the duration, not the result
   * @throws UserException if the executor uses too much memory
   */
  static InMemoryReport run(
      GroupTask task, List<Round> rounds, ShardGroup all, TrainingState start, int threads) {
    return new InMemoryRounds(task, all, start, threads).run(rounds);
  }

  private InMemoryReport run(List<Round> rounds) {
    for (Round round : rounds) {
      Optional<UserException> failure = run(round, round.equals(rounds.get(rounds.size() - 1)));
      if (failure.isPresent()) {
        // A returned value: an exception would make Spark run the task again.
        return report(failure.get().getMessage());
      }
      TaskMemory.requireWithinLimit();
    }
    return report("");
  }

  private Optional<UserException> run(Round round, boolean last) {
    long began = System.nanoTime();
    List<WorkerTask.WorkerResult> results =
        WorkerTask.fitAll(workers, round, state.learner(), threads);
    long computeNanos = System.nanoTime() - began;
    RoundUpdate.Updated updated;
    try {
      updated =
          update.next(
              round,
              state,
              WeightedAverage.ofResults(
                  outputs(results, computeNanos), update.logDeviations(), threads));
    } catch (UserException e) {
      if (e.code() != ErrorCode.DIVERGED) {
        throw e;
      }
      return Optional.of(e);
    }
    state = updated.state();
    long bytesOut = last ? state.learner().bytes() : 0;
    List<GroupReport> groups =
        updated.groups().stream().map(group -> group.withBytesOut(bytesOut)).toList();
    reports.add(new RoundReport(round, groups, System.nanoTime() - began));
    return Optional.empty();
  }

  private List<RoundFunction.RoundOutput<GroupReport>> outputs(
      List<WorkerTask.WorkerResult> results, long computeNanos) {
    return results.stream()
        .map(
            result ->
                new RoundFunction.RoundOutput<>(
                    result.weightedState(),
                    new GroupReport(
                        result.report().worker(),
                        List.of(result.report()),
                        host,
                        computeNanos,
                        0,
                        List.of())))
        .toList();
  }

  private InMemoryReport report(String failure) {
    return new InMemoryReport(
        reports, state.learner(), LearnerState.fresh(state.outerMomentum()), failure);
  }
}
