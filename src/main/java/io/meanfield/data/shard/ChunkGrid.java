package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Split;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The partitions of the chunks of all shards, in the order of the workers. All shards have as many
 * chunks as the largest one. The last group may have fewer workers than the others; the partitions
 * of those that it lacks are empty, so that all groups have the same number of partitions.
 *
 * @param sizes the sizes of the shards
 * @param training whether the shards are those for training, else those for validation
 * @param folds of the examples for training
 * @param chunksOfShard the number of chunks of a shard
 */
@DefaultSerializer(JavaSerializer.class)
record ChunkGrid(Split sizes, boolean training, Folds folds, int chunksOfShard, int shardsPerGroup)
    implements Serializable {

  /**
   * Returns the grid of shards.
   *
   * @param rows the largest number of rows of a chunk
   */
  static ChunkGrid of(Split sizes, boolean training, Folds folds, int rows, int shardsPerGroup) {
    int chunks = ChunkLayout.chunks(shardSize(sizes, training, 0), rows);
    return new ChunkGrid(sizes, training, folds, chunks, shardsPerGroup);
  }

  private static int shardSize(Split sizes, boolean training, int worker) {
    return training ? sizes.trainingShardSize(worker) : sizes.validationShardSize(worker);
  }

  int groups() {
    return (sizes.workers() + shardsPerGroup - 1) / shardsPerGroup;
  }

  int partitions() {
    return Math.multiplyExact(Math.multiplyExact(groups(), shardsPerGroup), chunksOfShard);
  }

  /** Returns the workers of a group. */
  List<Integer> workers(int group) {
    int first = group * shardsPerGroup;
    return IntStream.range(first, Math.min(first + shardsPerGroup, sizes.workers()))
        .boxed()
        .toList();
  }

  ChunkLayout layout(int worker) {
    return new ChunkLayout(
        shardSize(sizes, training, worker),
        chunksOfShard,
        folds.ends().stream().map(end -> sizes.rowsBefore(end, worker)).toList());
  }

  int partition(int worker, int chunk) {
    return worker * chunksOfShard + chunk;
  }

  /** Returns the position in the shards of the example with a position in the split. */
  long position(long position) {
    return training ? folds.place(position) : position;
  }

  /** Returns the partition of the example with a position in the shards. */
  int partition(long position) {
    int worker = sizes.worker(position);
    return partition(worker, layout(worker).chunk(sizes.row(position)));
  }

  /** Returns the place of that example in its chunk. */
  int place(long position) {
    return layout(sizes.worker(position)).place(sizes.row(position));
  }

  /** Returns the number of examples of a partition. */
  int size(int partition) {
    int worker = partition / chunksOfShard;
    return worker < sizes.workers() ? layout(worker).size(partition % chunksOfShard) : 0;
  }

  /** Returns the name of a partition for messages. */
  String name(int partition) {
    return "chunk %s of the shard of worker %s"
        .formatted(partition % chunksOfShard, partition / chunksOfShard);
  }
}
