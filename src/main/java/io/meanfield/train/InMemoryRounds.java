package io.meanfield.train;

import io.meanfield.batch.TaskDevice;
import io.meanfield.batch.TaskMemory;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.error.ErrorCode;
import io.meanfield.error.UserException;
import io.meanfield.evaluate.Score;
import io.meanfield.train.averaging.RoundFunction;
import io.meanfield.train.averaging.WeightedAverage;
import io.meanfield.train.history.TrainingState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkEnv;

/**
 * Trains all logical workers for several rounds in the memory of one task, and validates the
 * weights after each epoch. Each worker is a group, and a round computes what {@link JobPerRound}
 * does with a Spark job, in the same order and so with the same bits. Stateless: a retry on another
 * executor returns the same bits.
 */
final class InMemoryRounds {
  private final GroupTask task;
  private final Examples examples;
  private final List<WorkerTask> workers;
  private final int threads;
  private final RoundUpdate update;
  private ReturnedStates returned;
  private Optional<Integer> replaceable = Optional.empty();
  private final String host = SparkEnv.get().blockManager().blockManagerId().host();
  private final List<RoundReport> reports = new ArrayList<>();
  private final Map<Integer, InMemoryReport.End> ends = new HashMap<>();
  private final Map<Integer, TrainingState> states = new HashMap<>();
  private TrainingState state;

  /**
   * The examples of a task.
   *
   * @param training the shards of all workers
   * @param validation may be empty
   * @param member the only member of the ensemble that the task trains; empty for all
   */
  record Examples(ShardGroup training, List<ShardGroup> validation, Optional<Integer> member) {
    /** Creates the examples of a task that trains all members. */
    Examples(ShardGroup training, List<ShardGroup> validation) {
      this(training, validation, Optional.empty());
    }

    static Examples of(ShardGroup training) {
      return new Examples(training, List.of());
    }
  }

  private InMemoryRounds(
      GroupTask task,
      Examples examples,
      TrainingState start,
      ReturnedStates returned,
      int threads) {
    this.task = task;
    this.examples = examples;
    this.workers = task.workers(examples.training(), TaskDevice.current());
    this.threads = threads;
    this.update = new RoundUpdate(task.network().settings(), task.settings().averaging());
    this.returned = returned;
    this.state = start;
  }

  /**
   * Trains rounds, or those before one that diverges or until the states to return have no room.
   *
   * @param steps of an epoch
   * @param threads number of workers that compute in parallel; changes the duration, not the result
   * @throws UserException if the executor uses too much memory
   */
  static InMemoryReport run(
      GroupTask task,
      List<Round> rounds,
      int steps,
      Examples examples,
      TrainingState start,
      ReturnedStates returned,
      int threads) {
    int members = task.network().settings().members();
    return new InMemoryRounds(
            examples.member().map(task::member).orElse(task),
            examples,
            examples.member().map(number -> start.member(number, members)).orElse(start),
            returned,
            threads)
        .run(rounds, steps);
  }

  private InMemoryReport run(List<Round> rounds, int steps) {
    for (Round round : rounds) {
      Optional<UserException> failure = run(round);
      if (failure.isPresent()) {
        // A returned value: an exception would make Spark run the task again.
        return report(failure.get().getMessage());
      }
      boolean endsEpoch = round.endStep() == steps;
      if (endsEpoch || round.equals(rounds.get(rounds.size() - 1))) {
        end(round, endsEpoch);
        if (!returned.haveRoom(states.size(), state.learner().bytes())) {
          break;
        }
      }
      TaskMemory.requireWithinLimit();
    }
    return report("");
  }

  private InMemoryReport report(String failure) {
    return new InMemoryReport(
        reports.stream().map(report -> report.withBytesOut(bytesOut(report.round()))).toList(),
        ends,
        states,
        failure);
  }

  private long bytesOut(Round round) {
    return Optional.ofNullable(states.get(round.number()))
        .map(after -> after.learner().bytes())
        .orElse(0L);
  }

  private void end(Round round, boolean endsEpoch) {
    long began = System.nanoTime();
    Score score = Score.NONE;
    if (endsEpoch) {
      state = state.atEpoch(round.epoch());
      score =
          Score.of(
              task.network(),
              state.learner(),
              task.settings().calibration().temperatures(),
              examples.validation(),
              threads);
    }
    ends.put(
        round.number(),
        new InMemoryReport.End(state.learner().iteration(), score, System.nanoTime() - began));
    keep(round, endsEpoch && returned.include(score.loss()));
    returned = returned.after(score.loss());
  }

  // The newest state is returned in any case, until there is a newer one.
  private void keep(Round newest, boolean isChosen) {
    replaceable.ifPresent(states::remove);
    states.put(newest.number(), state);
    replaceable = isChosen ? Optional.empty() : Optional.of(newest.number());
  }

  private Optional<UserException> run(Round round) {
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
    reports.add(new RoundReport(round, updated.groups(), System.nanoTime() - began));
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
}
