package io.meanfield.train;

/**
 * Where the logical workers of a training run. The placement is no part of the model: it changes
 * the duration, never a bit. Driver only.
 *
 * @param threads number of workers that compute in parallel in the one Spark task that has all
 *     workers and trains many rounds in its memory; 0 if each group of workers has a task of its
 *     own, and a round is a Spark job
 */
public record Placement(int threads) {
  /** Each group of workers has a Spark task of its own. */
  public static final Placement TASK_FOR_EACH_GROUP = new Placement(0);

  public boolean isOneTask() {
    return threads > 0;
  }

  /** Returns the number of training shards in a {@link io.meanfield.data.shard.ShardGroup}. */
  public int shardsPerGroup(TrainSettings settings) {
    return isOneTask() ? settings.workers() : settings.groupSize();
  }
}
