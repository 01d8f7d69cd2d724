package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The shards of the logical workers that share a task, in the order of the workers. A group is one
 * partition.
 */
@DefaultSerializer(JavaSerializer.class)
public record ShardGroup(int index, List<Shard> shards) implements Serializable {

  /** The chunk of a shard. */
  private record Chunk(Shard shard, int index) {
    Examples read() {
      return shard.chunks().read(index);
    }

    void prefetch() {
      shard.chunks().prefetch(index);
    }
  }

  /**
   * Returns the examples, chunk by chunk, in the order of the workers. While the caller uses a
   * chunk, the next one is read in advance.
   */
  public Iterator<Examples> chunks() {
    List<Chunk> chunks = list();
    return IntStream.range(0, chunks.size()).mapToObj(index -> read(chunks, index)).iterator();
  }

  private static Examples read(List<Chunk> chunks, int index) {
    Examples examples = chunks.get(index).read();
    if (index + 1 < chunks.size()) {
      chunks.get(index + 1).prefetch();
    }
    return examples;
  }

  private List<Chunk> list() {
    return shards.stream()
        .flatMap(
            shard ->
                IntStream.range(0, shard.layout().chunks())
                    .mapToObj(index -> new Chunk(shard, index)))
        .toList();
  }

  /** Returns the group with all its chunks in memory, with which it can leave its task. */
  public ShardGroup inMemory() {
    return new ShardGroup(index, shards.stream().map(Shard::inMemory).toList());
  }

  /** Returns the group when Spark has all its chunks in its cache. Fills two of them at a time. */
  public ShardGroup cached() {
    List<Chunk> chunks = list();
    for (int i = 0; i < chunks.size(); i++) {
      chunks.subList(i + 1, Math.min(i + 2, chunks.size())).forEach(Chunk::prefetch);
      chunks.get(i).read();
    }
    return this;
  }
}
