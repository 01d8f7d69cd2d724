package io.meanfield.train;

import io.meanfield.batch.TaskThreads;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.Shard;
import io.meanfield.engine.Learners;
import io.meanfield.evaluate.Score;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.StepResult;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.train.averaging.WeightedState;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Trains one logical worker between two averages. The result is a function of (shard, steps, seed,
 * state). Not thread-safe.
 */
final class WorkerTask {
  private final int worker;
  private final EngineNetwork network;
  private final Device device;
  private final ShardMinibatches minibatches;

  WorkerTask(
      Shard shard,
      TrainSettings settings,
      long seed,
      ClassWeights classWeights,
      EngineNetwork network,
      Device device) {
    this.worker = shard.worker();
    this.network = network;
    this.device = device;
    this.minibatches = new ShardMinibatches(shard, settings, seed, classWeights, network);
  }

  /** The state after the steps, and the worker's report. */
  record WorkerResult(LearnerState state, WorkerReport report) {
    WeightedState weightedState() {
      return new WeightedState(state, report.averaged().examples());
    }
  }

  WorkerResult fit(Round steps, LearnerState start) {
    return Learners.withLearner(network, device, learner -> fit(learner, steps, start));
  }

  private WorkerResult fit(Learner learner, Round steps, LearnerState start) {
    long began = System.nanoTime();
    learner.restore(start);
    int end = Math.min(steps.endStep(), minibatches.count());
    Score score = fit(learner, steps.epoch(), steps.firstStep(), end);
    LearnerState state = learner.state();
    int batches = Math.max(0, end - steps.firstStep());
    boolean finite = Double.isFinite(score.lossSum()) && state.isFinite();
    return new WorkerResult(
        state,
        new WorkerReport(
            worker,
            score.examples(),
            batches,
            finite ? score : Score.NONE,
            !finite,
            finite ? 0 : score.lossSum(),
            System.nanoTime() - began,
            learner.device()));
  }

  /**
   * Returns the results of the workers of a group, in their order. They run in parallel if the task
   * has more than one core, which changes no bit.
   */
  static List<WorkerResult> fitAll(
      List<WorkerTask> workers, Round part, LearnerState state, int cores) {
    int threads = Math.min(cores, workers.size());
    if (threads == 1) {
      return workers.stream().map(worker -> worker.fit(part, state)).toList();
    }
    WorkerResult[] results = new WorkerResult[workers.size()];
    IntConsumer share =
        first -> {
          for (int i = first; i < results.length; i += threads) {
            requireNotCancelled();
            results[i] = workers.get(i).fit(part, state);
          }
        };
    TaskThreads.run(threads, share);
    return Arrays.asList(results);
  }

  private static void requireNotCancelled() {
    if (Thread.currentThread().isInterrupted()) {
      throw new IllegalStateException("the task was cancelled");
    }
  }

  private Score fit(Learner learner, int epoch, int firstStep, int endStep) {
    StepResult sum =
        minibatches
            .of(epoch, firstStep, endStep)
            .map(learner::fit)
            .reduce(StepResult.NONE, StepResult::plus);
    long taken = minibatches.taken();
    return new Score(taken, taken, sum.lossSum(), sum.correct(), sum.scored());
  }
}
