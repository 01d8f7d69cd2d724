package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/** One logical worker's part of the data, a sequence of chunks; may be empty. */
@DefaultSerializer(JavaSerializer.class)
public record Shard(int worker, ChunkLayout layout, Chunks chunks) implements Serializable {

  /** Creates a shard of one chunk. */
  public Shard(int worker, Examples examples) {
    this(worker, new ChunkLayout(examples.count(), 1), new Chunks.InMemory(List.of(examples)));
  }

  /** Returns the shard with all its chunks in memory. */
  Shard inMemory() {
    List<Examples> all = IntStream.range(0, layout.chunks()).mapToObj(chunks::read).toList();
    return new Shard(worker, layout, new Chunks.InMemory(all));
  }

  /** Returns the number of examples. */
  public int count() {
    return layout.rows();
  }

  /** Returns the number of examples that are in other folds. */
  public int count(Fold leftOut) {
    return layout.count(leftOut);
  }

  /**
   * Returns the order in which the worker reads its examples in an epoch. The order depends only on
   * seed, epoch, worker, the numbers of examples and chunks, and the fold.
   */
  public EpochOrder order(Fold leftOut, long seed, int epoch) {
    return new EpochOrder(layout, leftOut, seed, epoch, worker);
  }
}
