package io.meanfield.train;

import io.meanfield.batch.BatchWriter;
import io.meanfield.data.Examples;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.Shard;
import io.meanfield.engine.Learners;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.random.Permutation;
import io.meanfield.train.augment.TrainingBatchWriter;
import io.meanfield.train.averaging.WeightedState;
import java.util.Optional;

/**
 * One logical worker in a round: between two averages a function of (shard, steps, seed, state).
 * For one thread at a time.
 */
final class WorkerTask {
  private final Shard shard;
  private final int batchSize;
  private final long seed;
  private final EngineNetwork architecture;
  private final Device device;
  private final Pretraining pretraining;
  private final TrainingBatchWriter feed;
  private final Minibatch batch;

  WorkerTask(
      Shard shard,
      TrainSettings settings,
      long seed,
      ClassWeights classWeights,
      EngineNetwork architecture,
      Device device) {
    this.shard = shard;
    this.batchSize = settings.batchSize();
    this.seed = seed;
    this.architecture = architecture;
    this.device = device;
    this.pretraining = Pretraining.of(settings, architecture.network());
    this.feed =
        TrainingBatchWriter.of(
            shard.examples(), architecture, settings.augmentation(), classWeights);
    this.batch = BatchWriter.minibatch(batchSize, architecture, shard.examples());
  }

  /** The state after the steps, and the report on them. */
  record WorkerResult(LearnerState state, WorkerReport report) {
    WeightedState weightedState() {
      return new WeightedState(state, report.averagedExamples());
    }
  }

  WorkerResult fit(Round steps, LearnerState start) {
    return Learners.withLearner(architecture, device, learner -> fit(learner, steps, start));
  }

  private WorkerResult fit(Learner learner, Round steps, LearnerState start) {
    long began = System.nanoTime();
    Examples examples = shard.examples();
    Permutation order = shard.order(seed, steps.epoch());
    long seen = 0;
    int batches = 0;
    double lossSum = 0;
    long correct = 0;
    long judged = 0;
    Optional<Integer> layer = pretraining.layer(steps.epoch());
    learner.restore(start);
    for (int step = steps.firstStep(); step < steps.endStep(); step++) {
      long first = (long) step * batchSize;
      int size = (int) Math.min(batchSize, examples.count() - first);
      if (size <= 0) {
        break; // a shorter shard: the worker has no more minibatches in this epoch
      }
      batch.reset(size, Permutation.key(seed, steps.epoch(), shard.worker(), step));
      for (int row = 0; row < size; row++) {
        feed.put((int) order.apply(first + row), batch, row);
      }
      StepResult result = step(learner, layer);
      lossSum += result.lossSum();
      correct += result.correct();
      judged += result.scored();
      seen += size;
      batches++;
    }
    LearnerState state = learner.state();
    boolean good = Double.isFinite(lossSum) && state.isFinite();
    return new WorkerResult(
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

  private StepResult step(Learner learner, Optional<Integer> alone) {
    return alone.map(layer -> learner.pretrain(layer, batch)).orElseGet(() -> learner.fit(batch));
  }
}
