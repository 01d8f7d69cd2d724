package io.meanfield.train;

import io.meanfield.data.Split;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ShardGroup;
import org.apache.spark.api.java.JavaRDD;

/**
 * The training and validation examples of a run. Driver only.
 *
 * @param split sizes of the training and validation sets
 * @param training training shards as {@code split} assigns them, one group in each partition
 * @param validation validation shards, one group in each partition; may be empty
 * @param classWeights weight of an example of each class
 * @param placement where the workers run; with {@link Placement.OneTask}, {@code training} is one
 *     group with all of them
 */
public record TrainingData(
    Split split,
    JavaRDD<ShardGroup> training,
    JavaRDD<ShardGroup> validation,
    ClassWeights classWeights,
    Placement placement) {

  /** Creates the data of a training in which each group has a task of its own. */
  public TrainingData(
      Split split,
      JavaRDD<ShardGroup> training,
      JavaRDD<ShardGroup> validation,
      ClassWeights classWeights) {
    this(split, training, validation, classWeights, new Placement.TaskForEachGroup());
  }

  /** Removes the shards from the cache; call it when training has ended. */
  public void release() {
    training.unpersist();
    validation.unpersist();
  }

  EpochExecutor executor(GroupTask task, RoundReporter reporter) {
    return placement instanceof Placement.OneTask one
        ? new InMemoryExecutor(task, training, one.threads(), reporter)
        : new RoundExecutor(task, training, reporter);
  }

  /** Returns the largest number of minibatches that a worker has in an epoch. */
  int minibatches(int batchSize) {
    return (int) (((long) split.shardSize(true, 0) + batchSize - 1) / batchSize);
  }
}
