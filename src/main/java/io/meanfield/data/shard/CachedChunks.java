package io.meanfield.data.shard;

import io.meanfield.data.Examples;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;

/** The chunks of a shard in Spark's cache, for a task, which they cannot leave. */
final class CachedChunks implements Chunks {
  private static final long serialVersionUID = 1L;

  private final transient TaskChunks task;
  private final int first;

  /**
   * Creates chunks.
   *
   * @param first the partition of the first chunk
   */
  CachedChunks(TaskChunks task, int first) {
    this.task = task;
    this.first = first;
  }

  @Override
  public Examples read(int chunk) {
    return task.read(first + chunk);
  }

  @Override
  public void prefetch(int chunk) {
    task.prefetch(first + chunk);
  }

  private void writeObject(ObjectOutputStream out) throws NotSerializableException {
    throw new NotSerializableException("chunks in Spark's cache; see ShardGroup.inMemory");
  }
}
