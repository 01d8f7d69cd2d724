package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import java.util.stream.IntStream;

/**
 * The chunks of a shard in Spark's cache, for a task. If the shard leaves the task, it takes its
 * examples along.
 */
@DefaultSerializer(JavaSerializer.class)
final class CachedChunks implements Chunks {
  private static final long serialVersionUID = 1L;

  private final transient TaskChunks task;
  private final int first;
  private final int count;

  /**
   * Creates chunks.
   *
   * @param first the partition of the first chunk
   * @param count the number of chunks
   */
  CachedChunks(TaskChunks task, int first, int count) {
    this.task = task;
    this.first = first;
    this.count = count;
  }

  @Override
  public Examples read(int chunk) {
    return task.read(first + chunk);
  }

  @Override
  public void prefetch(int chunk) {
    task.prefetch(first + chunk);
  }

  private Object writeReplace() {
    return new InMemory(IntStream.range(0, count).mapToObj(this::read).toList());
  }
}
