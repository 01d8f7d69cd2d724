package io.meanfield.train;

import io.meanfield.data.Examples;
import io.meanfield.data.Permutation;
import io.meanfield.data.Shard;
import io.meanfield.evaluate.Feed;
import io.meanfield.network.Architecture;
import io.meanfield.network.Device;
import io.meanfield.network.Learner;
import io.meanfield.network.LearnerState;
import io.meanfield.network.Learners;
import io.meanfield.network.Minibatch;
import io.meanfield.network.StepResult;
import java.util.Optional;

/**
 * One logical worker between two averages: a function of (shard, steps, seed, state).
 *
 * @param layer that is trained alone, without labels
 */
record WorkerTask(
    Shard shard,
    int batchSize,
    long seed,
    Architecture architecture,
    Optional<Integer> layer,
    Device device) {

  /** The state after the steps, and the report on them. */
  record Fitted(LearnerState state, WorkerReport report) {
    Contribution contribution() {
      return new Contribution(state, report.averagedExamples());
    }
  }

  Fitted fit(Round steps, LearnerState start) {
    return Learners.lend(architecture, device, learner -> fit(learner, steps, start));
  }

  private Fitted fit(Learner learner, Round steps, LearnerState start) {
    long began = System.nanoTime();
    Examples examples = shard.examples();
    Permutation order = shard.order(seed, steps.epoch());
    Minibatch batch = Feed.minibatch(batchSize, architecture, examples);
    long seen = 0;
    int batches = 0;
    double lossSum = 0;
    long correct = 0;
    long judged = 0;
    learner.restore(start);
    for (int step = steps.firstStep(); step < steps.endStep(); step++) {
      long first = (long) step * batchSize;
      int size = (int) Math.min(batchSize, examples.count() - first);
      if (size <= 0) {
        break; // a shorter shard: the worker has no more minibatches in this epoch
      }
      batch.begin(size, Permutation.key(seed, steps.epoch(), shard.worker(), step));
      for (int row = 0; row < size; row++) {
        int example = (int) order.apply(first + row);
        Feed.features(examples, example, batch, row);
        Feed.targets(examples, example, batch, row);
      }
      StepResult result = step(learner, batch);
      lossSum += result.lossSum();
      correct += result.correct();
      judged += result.judged();
      seen += size;
      batches++;
    }
    LearnerState state = learner.state();
    boolean good = Double.isFinite(lossSum) && state.isFinite();
    return new Fitted(
        state,
        new WorkerReport(
            shard.worker(),
            seen,
            batches,
            good ? lossSum : 0,
            good ? correct : 0,
            good ? judged : 0,
            good ? seen : 0,
            !good,
            good ? 0 : lossSum,
            System.nanoTime() - began,
            learner.device()));
  }

  private StepResult step(Learner learner, Minibatch batch) {
    return layer.map(number -> learner.pretrain(number, batch)).orElseGet(() -> learner.fit(batch));
  }
}
