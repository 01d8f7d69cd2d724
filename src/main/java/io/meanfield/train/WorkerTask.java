package io.meanfield.train;

import io.meanfield.batch.BatchWriter;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.Shard;
import io.meanfield.engine.Learners;
import io.meanfield.evaluate.Score;
import io.meanfield.learner.Device;
import io.meanfield.learner.Learner;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.StepResult;
import io.meanfield.network.EngineNetwork;
import io.meanfield.network.LearnerState;
import io.meanfield.random.Permutation;
import io.meanfield.train.augment.TrainingBatchWriter;
import io.meanfield.train.averaging.WeightedState;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Trains one logical worker between two averages. The result is a function of (shard, steps, seed,
 * state). Not thread-safe.
 */
final class WorkerTask {
  private final Shard shard;
  private final int batchSize;
  private final long seed;
  private final EngineNetwork network;
  private final Device device;
  private final Pretraining pretraining;
  private final TrainingBatchWriter writer;
  private final Minibatch batch;
  private long examples;

  WorkerTask(
      Shard shard,
      TrainSettings settings,
      long seed,
      ClassWeights classWeights,
      EngineNetwork network,
      Device device) {
    this.shard = shard;
    this.batchSize = settings.batchSize();
    this.seed = seed;
    this.network = network;
    this.device = device;
    this.pretraining = Pretraining.of(settings, network.network());
    this.writer =
        TrainingBatchWriter.of(shard.examples(), network, settings.augmentation(), classWeights);
    this.batch = BatchWriter.minibatch(batchSize, network, shard.examples());
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
    int end = Math.min(steps.endStep(), minibatches());
    Score score = fit(learner, steps.epoch(), steps.firstStep(), end);
    LearnerState state = learner.state();
    int batches = Math.max(0, end - steps.firstStep());
    boolean finite = Double.isFinite(score.lossSum()) && state.isFinite();
    return new WorkerResult(
        state,
        new WorkerReport(
            shard.worker(),
            score.examples(),
            batches,
            finite ? score : Score.NONE,
            !finite,
            finite ? 0 : score.lossSum(),
            System.nanoTime() - began,
            learner.device()));
  }

  private Score fit(Learner learner, int epoch, int firstStep, int endStep) {
    Permutation order = shard.order(seed, epoch);
    examples = 0;
    Stream<Minibatch> batches =
        IntStream.range(firstStep, endStep).mapToObj(step -> load(order, epoch, step));
    StepResult sum =
        pretraining
            .layer(epoch)
            .map(layer -> learner.pretrain(layer, batches))
            .orElseGet(() -> learner.fit(batches));
    return new Score(examples, sum.lossSum(), sum.correct(), sum.scored());
  }

  // Shards differ in size: a worker may have fewer minibatches than the others.
  private int minibatches() {
    return (int) (((long) shard.examples().count() + batchSize - 1) / batchSize);
  }

  /** Writes the examples of a step into the minibatch, and returns and counts them. */
  private Minibatch load(Permutation order, int epoch, int step) {
    long first = (long) step * batchSize;
    int size = (int) Math.min(batchSize, shard.examples().count() - first);
    batch.reset(size, Permutation.key(seed, epoch, shard.worker(), step));
    for (int row = 0; row < size; row++) {
      writer.put((int) order.apply(first + row), batch, row);
    }
    examples += size;
    return batch;
  }
}
