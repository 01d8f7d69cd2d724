package io.meanfield.train;

import io.meanfield.batch.TaskThreads;
import io.meanfield.data.shard.Shard;
import io.meanfield.engine.Learners;
import io.meanfield.evaluate.Score;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.StepResult;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.network.NetworkSettings;
import io.meanfield.train.averaging.WeightedState;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Trains one logical worker between two averages: each member of its network by itself, in an order
 * of its own. The result is a function of (shard, steps, seed, state). Not thread-safe, but threads
 * may train different members.
 */
final class WorkerTask {
  private final int worker;
  private final EngineNetwork member;
  private final Device device;
  private final List<ShardMinibatches> minibatches; // of each member

  WorkerTask(Shard shard, GroupTask task, Device device) {
    this.worker = shard.worker();
    this.member = task.network().member();
    this.device = device;
    int first = task.firstMember();
    this.minibatches =
        IntStream.range(first, first + task.network().settings().members())
            .mapToObj(
                number ->
                    new ShardMinibatches(
                        shard,
                        task.settings().fold(number),
                        task.settings(),
                        NetworkSettings.memberSeed(task.seed(), number),
                        task.classWeights(),
                        member))
            .toList();
  }

  /** The state after the steps, and the worker's report. */
  record WorkerResult(LearnerState state, WorkerReport report) {
    WeightedState weightedState() {
      return new WeightedState(state, report.averaged().examples());
    }
  }

  /**
   * The state of a member after the steps, the sums of its scores, and when it began and ended on
   * the clock of {@link System#nanoTime}.
   */
  private record MemberResult(
      LearnerState state, StepResult sum, long examples, long began, long ended, Device device) {}

  private MemberResult fit(int number, Round steps, LearnerState ensemble) {
    LearnerState start =
        minibatches.size() == 1 ? ensemble : ensemble.member(number, minibatches.size());
    return Learners.withLearner(
        member, device, learner -> fit(learner, minibatches.get(number), steps, start));
  }

  private static MemberResult fit(
      Learner learner, ShardMinibatches minibatches, Round steps, LearnerState start) {
    long began = System.nanoTime();
    learner.restore(start);
    StepResult sum =
        minibatches
            .of(steps.epoch(), steps.firstStep(), end(steps, minibatches))
            .map(learner::fit)
            .reduce(StepResult.NONE, StepResult::plus);
    return new MemberResult(
        learner.state(), sum, minibatches.taken(), began, System.nanoTime(), learner.device());
  }

  private static int end(Round steps, ShardMinibatches minibatches) {
    return Math.min(steps.endStep(), minibatches.count());
  }

  private WorkerReport report(Round steps, int number, MemberResult result) {
    Score score =
        new Score(
            result.examples(),
            result.examples(),
            result.sum().lossSum(),
            result.sum().correct(),
            result.sum().scored());
    boolean finite = Double.isFinite(score.lossSum()) && result.state().isFinite();
    ShardMinibatches taken = minibatches.get(number);
    return new WorkerReport(
        worker,
        score.examples(),
        Math.max(0, end(steps, taken) - steps.firstStep()),
        finite ? score : Score.NONE,
        !finite,
        finite ? 0 : score.lossSum(),
        result.ended() - result.began(),
        result.device());
  }

  private WorkerResult joined(Round steps, List<MemberResult> members) {
    List<WorkerReport> reports =
        IntStream.range(0, members.size())
            .mapToObj(number -> report(steps, number, members.get(number)))
            .toList();
    return new WorkerResult(
        LearnerState.ofMembers(members.stream().map(MemberResult::state).toList()),
        WorkerReport.ofMembers(reports).withComputeNanos(elapsed(members)));
  }

  private static long elapsed(List<MemberResult> members) {
    return members.stream().mapToLong(MemberResult::ended).max().orElseThrow()
        - members.stream().mapToLong(MemberResult::began).min().orElseThrow();
  }

  /**
   * Returns the results of the workers of a group, in their order. Workers and their members run in
   * parallel if the task has more than one core, which changes no bit.
   */
  static List<WorkerResult> fitAll(
      List<WorkerTask> workers, Round part, LearnerState state, int cores) {
    List<Fit> fits = workers.stream().map(worker -> worker.new Fit(part, state)).toList();
    List<Runnable> members = fits.stream().flatMap(Fit::members).toList();
    int threads = Math.min(cores, members.size());
    IntConsumer share =
        first -> {
          for (int i = first; i < members.size(); i += threads) {
            requireNotCancelled();
            members.get(i).run();
          }
        };
    if (threads == 1) {
      share.accept(0);
    } else {
      TaskThreads.run(threads, share);
    }
    return fits.stream().map(Fit::result).toList();
  }

  /** The training of the members of this worker, each of which any thread may run. */
  private final class Fit {
    private final Round steps;
    private final LearnerState start;
    private final MemberResult[] results = new MemberResult[minibatches.size()];

    Fit(Round steps, LearnerState start) {
      this.steps = steps;
      this.start = start;
    }

    Stream<Runnable> members() {
      return IntStream.range(0, results.length)
          .mapToObj(number -> () -> results[number] = fit(number, steps, start));
    }

    WorkerResult result() {
      return joined(steps, List.of(results));
    }
  }

  private static void requireNotCancelled() {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("the task was cancelled");
    }
  }
}
