package io.meanfield.data;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Deals the blocks of a data set out to shards. Every example knows its shard and its row there by
 * its id, so the shards have the same bytes in whatever order blocks arrive.
 */
public final class Sharding {
  private final JavaRDD<Examples> blocks;
  private final Split split;
  private final int shardsPerGroup;

  public Sharding(Dataset data, Split split, int shardsPerGroup) {
    this.blocks = data.blocks();
    this.split = split;
    this.shardsPerGroup = shardsPerGroup;
  }

  /** The training shards, a partition a group; cached as objects, the caller unpersists. */
  public JavaRDD<ShardGroup> training() {
    return groups(true);
  }

  /** The validation shards, dealt out like the training shards. */
  public JavaRDD<ShardGroup> validation() {
    return groups(false);
  }

  private JavaRDD<ShardGroup> groups(boolean training) {
    Split dealing = split;
    int perGroup = shardsPerGroup;
    JavaPairRDD<Integer, Piece> pieces =
        blocks.flatMapToPair(block -> deal(block, dealing, training).iterator());
    return pieces
        .partitionBy(new ByGroup(dealing.workers(), perGroup))
        .mapPartitionsWithIndex(
            (group, part) -> List.of(assemble(group, part, dealing, training, perGroup)).iterator(),
            true)
        // Objects, not bytes: a serialised cache would be decoded again in every round.
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Examples on their way to the rows of one shard. */
  @DefaultSerializer(JavaSerializer.class) // Kryo 4 cannot write the final fields of a record
  private record Piece(int[] rows, Examples examples) implements Serializable {}

  private static List<Tuple2<Integer, Piece>> deal(Examples block, Split split, boolean training) {
    Permutation permutation = split.permutation();
    long[] positions = new long[block.count()];
    int[] sizes = new int[split.workers()];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = permutation.apply(block.ids()[i]);
      if (split.isTraining(positions[i]) == training) {
        sizes[split.worker(positions[i])]++;
      }
    }
    List<Piece> pieces =
        Arrays.stream(sizes)
            .mapToObj(size -> new Piece(new int[size], Examples.allocate(size, block.width())))
            .toList();
    int[] next = new int[split.workers()];
    for (int i = 0; i < positions.length; i++) {
      if (split.isTraining(positions[i]) == training) {
        int worker = split.worker(positions[i]);
        pieces.get(worker).rows()[next[worker]] = split.row(positions[i]);
        block.copyTo(pieces.get(worker).examples(), i, next[worker]++);
      }
    }
    List<Tuple2<Integer, Piece>> dealt = new ArrayList<>();
    for (int worker = 0; worker < sizes.length; worker++) {
      if (sizes[worker] > 0) {
        dealt.add(new Tuple2<>(worker, pieces.get(worker)));
      }
    }
    return dealt;
  }

  private static ShardGroup assemble(
      int group,
      Iterator<Tuple2<Integer, Piece>> part,
      Split split,
      boolean training,
      int perGroup) {
    int first = group * perGroup;
    int last = Math.min(first + perGroup, split.workers());
    Examples[] shards = new Examples[last - first];
    int[] missing = new int[shards.length];
    while (part.hasNext()) {
      Tuple2<Integer, Piece> dealt = part.next();
      Examples piece = dealt._2().examples();
      int slot = dealt._1() - first;
      if (shards[slot] == null) {
        missing[slot] = split.shardSize(training, dealt._1());
        shards[slot] = Examples.allocate(missing[slot], piece.width());
      }
      for (int i = 0; i < piece.count(); i++) {
        piece.copyTo(shards[slot], i, dealt._2().rows()[i]);
      }
      missing[slot] -= piece.count();
    }
    List<Shard> assembled = new ArrayList<>();
    for (int slot = 0; slot < shards.length; slot++) {
      Examples examples = shards[slot] == null ? Examples.allocate(0, 1) : shards[slot];
      if (missing[slot] != 0 || examples.count() != split.shardSize(training, first + slot)) {
        throw new IllegalStateException("shard of worker " + (first + slot) + " is incomplete");
      }
      assembled.add(new Shard(first + slot, examples));
    }
    return new ShardGroup(group, assembled);
  }

  /** Workers that share a task share a partition. */
  private static final class ByGroup extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int workers;
    private final int perGroup;

    ByGroup(int workers, int perGroup) {
      this.workers = workers;
      this.perGroup = perGroup;
    }

    @Override
    public int numPartitions() {
      return (workers + perGroup - 1) / perGroup;
    }

    @Override
    public int getPartition(Object worker) {
      return (Integer) worker / perGroup;
    }
  }
}
