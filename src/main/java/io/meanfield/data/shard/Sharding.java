package io.meanfield.data.shard;

import io.meanfield.data.Dataset;
import io.meanfield.data.ExampleShuffle;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.StreamSupport;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Distributes the blocks of a data set to the chunks of shards. The id of an example determines its
 * shard and its row in the shard, so the order in which blocks arrive does not change the bytes of
 * a chunk. No process holds a whole shard: a chunk is the largest piece that is put together.
 */
public final class Sharding {
  private final JavaRDD<Examples> blocks;
  private final Split split;
  private final Optional<ResampledSplit> balanced;
  private final ExampleWeights weights;
  private final int shardsPerGroup;
  private final int chunkRows;

  /**
   * Prepares the shards of a data set.
   *
   * @param balanced the resampling of the training examples of {@code split}; empty for none
   * @param weights the scale of the weights of the training examples
   */
  public Sharding(
      Dataset data,
      Split split,
      Optional<ResampledSplit> balanced,
      ExampleWeights weights,
      int shardsPerGroup,
      ChunkSize chunkSize) {
    this.blocks = data.blocks();
    this.split = split;
    this.balanced = balanced;
    this.weights = weights;
    this.shardsPerGroup = shardsPerGroup;
    this.chunkRows = chunkSize.rows(data);
  }

  /**
   * Returns the training shards, one group per partition. Their chunks are cached; the caller
   * unpersists.
   */
  public JavaRDD<ShardGroup> training() {
    return balanced
        .map(this::balancedTraining)
        .orElseGet(() -> groups(weights.scale(blocks), true));
  }

  /** Returns the validation shards, distributed like the training shards. */
  public JavaRDD<ShardGroup> validation() {
    return groups(blocks, false);
  }

  private JavaRDD<ShardGroup> groups(JavaRDD<Examples> examples, boolean training) {
    Split target = split;
    ChunkGrid grid = ChunkGrid.of(split, training, chunkRows, shardsPerGroup);
    return groups(examples.flatMapToPair(block -> partition(block, target, grid).iterator()), grid);
  }

  private static List<Tuple2<Integer, ExampleShuffle.ExampleSlice>> partition(
      Examples block, Split split, ChunkGrid grid) {
    long[] shuffled = block.ids().clone();
    split.permutation().applyAll(shuffled);
    return ExampleShuffle.partition(
        block,
        grid.partitions(),
        grid.toPartitions(
            (row, target) -> {
              if (!split.isTest(shuffled[row])
                  && split.isTraining(shuffled[row]) == grid.training()) {
                target.accept(split.worker(shuffled[row]), split.row(shuffled[row]));
              }
            }));
  }

  private JavaRDD<ShardGroup> balancedTraining(ResampledSplit resampled) {
    ChunkGrid grid = ChunkGrid.of(resampled.sizes(), true, chunkRows, shardsPerGroup);
    JavaRDD<Tuple2<Integer, ExampleShuffle.ExampleSlice>> slices =
        blocks.mapPartitionsWithIndex(
            (partition, part) -> {
              ResampledSplit.PartitionCursor cursor = resampled.cursor(partition);
              return StreamSupport.stream(
                      Spliterators.spliteratorUnknownSize(part, Spliterator.ORDERED), false)
                  .flatMap(
                      block ->
                          ExampleShuffle.partition(
                              block, grid.partitions(), grid.toPartitions(cursor.targets(block)))
                              .stream())
                  .iterator();
            },
            true);
    return groups(JavaPairRDD.fromJavaRDD(slices), grid);
  }

  private static JavaRDD<ShardGroup> groups(
      JavaPairRDD<Integer, ExampleShuffle.ExampleSlice> slices, ChunkGrid grid) {
    JavaRDD<Examples> chunks =
        slices
            .partitionBy(new HashPartitioner(grid.partitions())) // an Integer's hash is its value
            .mapPartitionsWithIndex(
                (partition, part) -> List.of(assemble(partition, part, grid)).iterator(), true)
            // Cached as objects: a serialised cache would be decoded again in every round.
            .persist(StorageLevel.MEMORY_AND_DISK());
    return ChunkedShards.of(chunks, grid);
  }

  private static Examples assemble(
      int partition, Iterator<Tuple2<Integer, ExampleShuffle.ExampleSlice>> part, ChunkGrid grid) {
    ExampleShuffle.ShardBuilder builder = new ExampleShuffle.ShardBuilder(grid.size(partition));
    part.forEachRemaining(slice -> builder.add(slice._2()));
    return builder.complete(grid.name(partition));
  }
}
