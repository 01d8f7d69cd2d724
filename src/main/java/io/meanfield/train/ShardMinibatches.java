package io.meanfield.train;

import io.meanfield.batch.BatchWriter;
import io.meanfield.batch.CancellableTask;
import io.meanfield.data.Examples;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.Fold;
import io.meanfield.data.shard.Shard;
import io.meanfield.data.shard.ShardReader;
import io.meanfield.learner.Minibatch;
import io.meanfield.network.EngineNetwork;
import io.meanfield.random.Permutation;
import io.meanfield.train.augment.ImageAugmenter;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The minibatches of one worker's shard, augmented and weighted, all in one buffer. A minibatch may
 * have examples of two chunks. Spark can cancel the task that takes them between two minibatches.
 * Not thread-safe.
 */
final class ShardMinibatches {
  private final Shard shard;
  private final Fold leftOut;
  private final int batchSize;
  private final int examples; // in an epoch
  private final long seed;
  private final EngineNetwork network;
  private final ClassWeights classWeights;
  private final Optional<ImageAugmenter> augmenter;
  private final CancellableTask task;
  // Made for the first example, whose kind determines its arrays.
  private Optional<Minibatch> buffer = Optional.empty();
  private Optional<Reading> reading = Optional.empty();
  private long taken;

  /** The reader of an epoch, which keeps its chunk from one round to the next. */
  private record Reading(int epoch, ShardReader reader) {}

  /**
   * Creates the minibatches on the thread of the task; its other threads may take them.
   *
   * @param leftOut the fold of which they have no examples
   */
  ShardMinibatches(
      Shard shard,
      Fold leftOut,
      TrainSettings settings,
      long seed,
      ClassWeights classWeights,
      EngineNetwork network) {
    this.shard = shard;
    this.leftOut = leftOut;
    this.examples = shard.count(leftOut);
    this.batchSize = settings.batchSize();
    this.seed = seed;
    this.network = network;
    this.classWeights = classWeights;
    this.augmenter = ImageAugmenter.of(settings.augmentation(), network.settings().input());
    this.task = CancellableTask.current();
  }

  /** Returns the number of minibatches in an epoch. Shards differ in size, so workers do, too. */
  int count() {
    return (int) (((long) examples + batchSize - 1) / batchSize);
  }

  /** Returns the minibatches of the steps from {@code firstStep} to {@code endStep} (exclusive). */
  Stream<Minibatch> of(int epoch, int firstStep, int endStep) {
    taken = 0;
    ShardReader reader = reader(epoch);
    return IntStream.range(firstStep, endStep).mapToObj(step -> load(reader, epoch, step));
  }

  private ShardReader reader(int epoch) {
    Reading current =
        reading
            .filter(known -> known.epoch() == epoch)
            .orElseGet(() -> new Reading(epoch, new ShardReader(shard, leftOut, seed, epoch)));
    reading = Optional.of(current);
    return current.reader();
  }

  /** Returns the number of examples that were taken from the last minibatches. */
  long taken() {
    return taken;
  }

  /** Returns the position of the first example of a step in the order of the epoch. */
  private long first(int step) {
    return Math.min((long) step * batchSize, examples);
  }

  private Minibatch load(ShardReader reader, int epoch, int step) {
    task.requireRunning();
    long first = first(step);
    int size = (int) (first(step + 1) - first);
    reader.seek(first);
    Minibatch batch =
        buffer.orElseGet(() -> BatchWriter.minibatch(batchSize, network, reader.chunk()));
    buffer = Optional.of(batch);
    batch.reset(size, Permutation.key(seed, epoch, shard.worker(), step));
    for (int row = 0; row < size; row++) {
      reader.seek(first + row);
      put(reader.chunk(), reader.row(), batch, row);
    }
    taken += size;
    return batch;
  }

  private void put(Examples chunk, int example, Minibatch batch, int row) {
    BatchWriter.features(chunk, example, batch, row);
    augmenter.ifPresent(
        images -> images.apply(batch.pixels(), batch.offset(row), batch.key(), row));
    BatchWriter.targets(chunk, example, network.targets(), batch, row);
    putWeight(chunk, example, batch, row);
  }

  /**
   * Multiplies the weight of the example by the weight of its class. Class weights alone weight the
   * loss only, like {@code class_weight} in Keras; weights of examples weight the accuracy, too.
   */
  private void putWeight(Examples examples, int example, Minibatch batch, int row) {
    float weight = examples.weight(example);
    if (!classWeights.isUniform()) {
      batch.setWeight(row, weight * classWeights.of(examples.label(example)));
    } else if (examples.isWeighted()) {
      batch.setWeight(row, weight);
    }
    if (examples.isWeighted()) {
      batch.weightAccuracy();
    }
  }
}
