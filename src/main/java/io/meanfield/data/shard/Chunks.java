package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;

/** The chunks of a shard, each of which is read when it is needed. Thread-safe. */
public sealed interface Chunks extends Serializable permits Chunks.InMemory, Chunks.InCache {
  /** Returns the examples of a chunk. */
  Examples read(int chunk);

  /** Begins to read a chunk that is needed next, if no other chunk is being read in advance. */
  void prefetch(int chunk);

  /** Chunks that are in memory. */
  @DefaultSerializer(JavaSerializer.class)
  record InMemory(List<Examples> examples) implements Chunks {
    @Override
    public Examples read(int chunk) {
      return examples.get(chunk);
    }

    @Override
    public void prefetch(int chunk) {}
  }

  /** The chunks of a shard in Spark's cache, for a task, which they cannot leave. */
  final class InCache implements Chunks {
    private static final long serialVersionUID = 1L;

    private final transient TaskChunks task;
    private final int first;

    /**
     * Creates chunks.
     *
     * @param first the partition of the first chunk
     */
    InCache(TaskChunks task, int first) {
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
}
