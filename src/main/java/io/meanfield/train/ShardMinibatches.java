package io.meanfield.train;

import io.meanfield.batch.BatchWriter;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.Shard;
import io.meanfield.learner.Minibatch;
import io.meanfield.learner.Minibatches;
import io.meanfield.network.EngineNetwork;
import io.meanfield.random.Permutation;
import io.meanfield.train.augment.TrainingBatchWriter;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The minibatches of one worker's shard, all in one buffer. Not thread-safe. */
final class ShardMinibatches {
  private final Shard shard;
  private final int batchSize;
  private final long seed;
  private final TrainingBatchWriter writer;
  private final Minibatch batch;
  private long taken;

  ShardMinibatches(
      Shard shard,
      TrainSettings settings,
      long seed,
      ClassWeights classWeights,
      EngineNetwork network) {
    this.shard = shard;
    this.batchSize = settings.batchSize();
    this.seed = seed;
    this.writer =
        TrainingBatchWriter.of(shard.examples(), network, settings.augmentation(), classWeights);
    this.batch = BatchWriter.minibatch(batchSize, network, shard.examples());
  }

  /** Returns the number of minibatches in an epoch. Shards differ in size, so workers do, too. */
  int count() {
    return (int) (((long) shard.examples().count() + batchSize - 1) / batchSize);
  }

  /** Returns the minibatches of the steps from {@code firstStep} to {@code endStep} (exclusive). */
  Minibatches of(int epoch, int firstStep, int endStep) {
    taken = 0;
    Permutation order = shard.order(seed, epoch);
    Stream<Minibatch> stream =
        IntStream.range(firstStep, endStep).mapToObj(step -> load(order, epoch, step));
    return writer.isAugmenting()
        ? Minibatches.computed(stream)
        : Minibatches.stored(stream, Math.max(0, first(endStep) - first(firstStep)));
  }

  /** Returns the number of examples that were taken from the last minibatches. */
  long taken() {
    return taken;
  }

  /** Returns the position of the first example of a step in the order of the epoch. */
  private long first(int step) {
    return Math.min((long) step * batchSize, shard.examples().count());
  }

  private Minibatch load(Permutation order, int epoch, int step) {
    long first = first(step);
    int size = (int) (first(step + 1) - first);
    batch.reset(size, Permutation.key(seed, epoch, shard.worker(), step));
    for (int row = 0; row < size; row++) {
      writer.put((int) order.apply(first + row), batch, row);
    }
    taken += size;
    return batch;
  }
}
