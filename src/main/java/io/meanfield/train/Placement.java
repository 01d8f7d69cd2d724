package io.meanfield.train;

/**
 * Where the logical workers of a training run. The placement is no part of the model: it changes
 * the duration, never a bit. Driver only.
 */
public sealed interface Placement {

  /** Each group of workers has a Spark task of its own, and a round is a Spark job. */
  record TaskForEachGroup() implements Placement {
    @Override
    public int shardsPerGroup(TrainSettings settings) {
      return settings.groupSize();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.taskForEachGroup(this);
    }
  }

  /**
   * One Spark task has all workers and trains many rounds in its memory.
   *
   * @param threads number of workers that compute in parallel
   */
  record OneTask(int threads) implements Placement {
    public OneTask {
      if (threads < 1) {
        throw new IllegalArgumentException("a task must have at least 1 thread, found " + threads);
      }
    }

    @Override
    public int shardsPerGroup(TrainSettings settings) {
      return settings.workers();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.oneTask(this);
    }
  }

  /** Returns the number of training shards in a {@link io.meanfield.data.shard.ShardGroup}. */
  int shardsPerGroup(TrainSettings settings);

  /** Calls the visitor's method for this placement. */
  <R> R accept(Visitor<R> visitor);

  /** One method for each placement. */
  interface Visitor<R> {
    R taskForEachGroup(TaskForEachGroup placement);

    R oneTask(OneTask placement);
  }
}
