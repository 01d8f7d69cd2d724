package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Examples;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

/**
 * The shards of the logical workers that share a task, in the order of the workers. A group is one
 * partition.
 *
 * @param part the only examples that {@link #chunks} returns, which the member of an ensemble with
 *     the number of the fold has not seen; {@link Fold#NONE} for all examples
 */
@DefaultSerializer(JavaSerializer.class)
public record ShardGroup(int index, List<Shard> shards, Fold part) implements Serializable {

  /** Creates a group of which all examples are meant. */
  public ShardGroup(int index, List<Shard> shards) {
    this(index, shards, Fold.NONE);
  }

  /** Returns the fold of the examples; empty for all examples. */
  public Optional<Fold> fold() {
    return part.equals(Fold.NONE) ? Optional.empty() : Optional.of(part);
  }

  /** Returns a group for the examples of each fold. */
  public List<ShardGroup> folds(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> new ShardGroup(index * count + number, shards, new Fold(number)))
        .toList();
  }

  /** The chunk of a shard. */
  private record Chunk(Shard shard, int index) {
    Examples read() {
      return shard.chunks().read(index);
    }

    FoldPlaces places(Fold fold) {
      return shard.layout().fold(fold, index);
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
    return chunks(
        (chunk, examples) ->
            fold().map(only -> examples.select(chunk.places(only).all())).orElse(examples));
  }

  /** Returns the examples of all folds but one, as {@link #chunks} does. */
  public Iterator<Examples> chunksWithout(Fold leftOut) {
    return chunks(
        (chunk, examples) -> examples.select(chunk.places(leftOut).others(examples.count())));
  }

  private Iterator<Examples> chunks(BiFunction<Chunk, Examples, Examples> selection) {
    List<Chunk> chunks = list();
    return IntStream.range(0, chunks.size())
        .mapToObj(index -> selection.apply(chunks.get(index), read(chunks, index)))
        .iterator();
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
    return new ShardGroup(index, shards.stream().map(Shard::inMemory).toList(), part);
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
