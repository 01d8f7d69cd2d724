package io.meanfield.train;

/**
 * Where the logical workers of a training run. The placement is no part of the model: it changes
 * the duration, never a bit. Driver only.
 *
 * @param threads number of workers that compute in parallel in a Spark task that has all workers
 *     and trains many rounds in its memory; 0 if each group of workers has a task of its own, and a
 *     round is a Spark job
 * @param byMember whether each member of the ensemble has such a task of its own
 */
public record Placement(int threads, boolean byMember) {
  /** Each group of workers has a Spark task of its own. */
  public static final Placement TASK_FOR_EACH_GROUP = new Placement(0);

  /** Each member of an ensemble has a Spark task of its own, with the only worker. */
  public static final Placement TASK_FOR_EACH_MEMBER = new Placement(1, true);

  /** Places all workers, with all members, in one task or none of them. */
  public Placement(int threads) {
    this(threads, false);
  }

  /** Returns whether a task has all workers, and so many rounds. */
  public boolean isInMemory() {
    return threads > 0;
  }

  /** Returns the number of training shards in a {@link io.meanfield.data.shard.ShardGroup}. */
  public int shardsPerGroup(TrainSettings settings) {
    return isInMemory() ? settings.workers() : settings.groupSize();
  }
}
