package io.meanfield.train;

import io.meanfield.data.shard.ClassWeights;
import io.meanfield.data.shard.ShardGroup;
import io.meanfield.data.shard.Split;
import org.apache.spark.api.java.JavaRDD;

/**
 * The examples of a training. Driver only.
 *
 * @param split sizes of training and validation
 * @param training a partition a group, as {@code split} dealt it
 * @param validation dealt out like the training shards; may be empty
 * @param classWeights how much an example of each class counts
 */
public record TrainingData(
    Split split,
    JavaRDD<ShardGroup> training,
    JavaRDD<ShardGroup> validation,
    ClassWeights classWeights) {

  /** Returns the largest number of minibatches that a worker has in an epoch. */
  int minibatches(int batchSize) {
    return (int) (((long) split.shardSize(true, 0) + batchSize - 1) / batchSize);
  }
}
