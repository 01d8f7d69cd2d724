package io.meanfield.data.shard;

import io.meanfield.data.Split;

/**
 * The number of training examples that one network learns from in an epoch: all, or those outside
 * of its fold.
 *
 * @param examples of the first member of an ensemble, over all workers
 * @param largestShard the most that a member reads of the shard of one worker
 */
public record EpochSize(long examples, int largestShard) {
  /** Returns the size of an epoch without folds. */
  public static EpochSize of(Split split) {
    return new EpochSize(split.training(), split.trainingShardSize(0));
  }
}
