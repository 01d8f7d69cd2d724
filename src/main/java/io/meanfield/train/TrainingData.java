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
 * @param placement where the workers run; in one task, {@code training} is one group with all of
 *     them
 */
public record TrainingData(
    Split split,
    JavaRDD<ShardGroup> training,
    JavaRDD<ShardGroup> validation,
    ClassWeights classWeights,
    Placement placement) {

  /** Removes the shards from the cache; call it when training has ended. */
  public void release() {
    training.unpersist();
    validation.unpersist();
  }

  /** Returns the largest number of minibatches that a worker has in an epoch. */
  public int minibatches(int batchSize) {
    return (int) (((long) split.trainingShardSize(0) + batchSize - 1) / batchSize);
  }
}
