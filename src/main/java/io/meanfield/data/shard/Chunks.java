package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import java.io.Serializable;
import java.util.List;

/** The chunks of a shard, each of which is read when it is needed. Thread-safe. */
public sealed interface Chunks extends Serializable permits Chunks.InMemory, TaskChunks.OfShard {
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
}
