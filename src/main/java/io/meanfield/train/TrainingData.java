package io.meanfield.train;

import io.meanfield.data.Split;
import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.EpochSize;
import io.meanfield.data.shard.ShardGroup;
import org.apache.spark.api.java.JavaRDD;

/**
 * The training and validation examples of a run. Driver only.
 *
 * @param split sizes of the training and validation sets
 * @param training training shards as {@code split} assigns them, one group in each partition
 * @param validation validation shards, one group in each partition; may be empty
 * @param classWeights weight of an example of each class
 * @param epoch what a network learns from in an epoch
 * @param placement where the workers run; in one task, {@code training} is one group with all of
 *     them
 */
public record TrainingData(
    Split split,
    JavaRDD<ShardGroup> training,
    JavaRDD<ShardGroup> validation,
    ClassWeights classWeights,
    EpochSize epoch,
    Placement placement) {

  /** Creates data of which every network learns all training examples. */
  public TrainingData(
      Split split,
      JavaRDD<ShardGroup> training,
      JavaRDD<ShardGroup> validation,
      ClassWeights classWeights,
      Placement placement) {
    this(split, training, validation, classWeights, EpochSize.of(split), placement);
  }

  /** Removes the shards from the cache; call it when training has ended. */
  public void release() {
    training.unpersist();
    validation.unpersist();
  }

  /** Returns the largest number of minibatches that a worker has in an epoch. */
  public int minibatches(int batchSize) {
    return (int) (((long) epoch.largestShard() + batchSize - 1) / batchSize);
  }
}
