package io.meanfield.data.shard;

import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.IdIndex;
import io.meanfield.random.Permutation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Distributes the blocks of a data set to shards. The id of an example determines its shard and its
 * row in the shard, so the order in which blocks arrive does not change the bytes of a shard.
 */
public final class Sharding {
  private final JavaRDD<Examples> blocks;
  private final IdIndex positions;
  private final Split split;
  private final Optional<ResampledSplit> balanced;
  private final ExampleWeights weights;
  private final int shardsPerGroup;

  public Sharding(Dataset data, Split split, int shardsPerGroup) {
    this(data, split, Optional.empty(), ExampleWeights.NONE, shardsPerGroup);
  }

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
      int shardsPerGroup) {
    this.blocks = data.blocks();
    this.positions = data.idIndex();
    this.split = split;
    this.balanced = balanced;
    this.weights = weights;
    this.shardsPerGroup = shardsPerGroup;
  }

  /**
   * Returns the training shards, one group per partition. They are cached; the caller unpersists.
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
    IdIndex ids = positions;
    return groups(
        examples.flatMapToPair(block -> partition(block, ids, target, training).iterator()),
        target,
        training);
  }

  private static List<Tuple2<Integer, ExampleShuffle.ExampleSlice>> partition(
      Examples block, IdIndex ids, Split split, boolean training) {
    Permutation permutation = split.permutation();
    long[] shuffled = new long[block.count()];
    Arrays.setAll(shuffled, row -> permutation.apply(ids.of(block.ids()[row])));
    return ExampleShuffle.partition(
        block,
        split.workers(),
        (row, target) -> {
          if (split.isTraining(shuffled[row]) == training) {
            target.accept(split.worker(shuffled[row]), split.row(shuffled[row]));
          }
        });
  }

  private JavaRDD<ShardGroup> balancedTraining(ResampledSplit resampled) {
    IdIndex ids = positions;
    int workers = split.workers();
    JavaRDD<Tuple2<Integer, ExampleShuffle.ExampleSlice>> slices =
        blocks.mapPartitionsWithIndex(
            (partition, part) -> {
              ResampledSplit.PartitionCursor cursor = resampled.cursor(partition);
              return StreamSupport.stream(
                      Spliterators.spliteratorUnknownSize(part, Spliterator.ORDERED), false)
                  .flatMap(
                      block ->
                          ExampleShuffle.partition(block, workers, cursor.targets(block, ids))
                              .stream())
                  .iterator();
            },
            true);
    return groups(JavaPairRDD.fromJavaRDD(slices), resampled.sizes(), true);
  }

  private JavaRDD<ShardGroup> groups(
      JavaPairRDD<Integer, ExampleShuffle.ExampleSlice> slices, Split sizes, boolean training) {
    int perGroup = shardsPerGroup;
    return slices
        .partitionBy(new ByGroup(sizes.workers(), perGroup))
        .mapPartitionsWithIndex(
            (group, part) -> List.of(assemble(group, part, sizes, training, perGroup)).iterator(),
            true)
        // Cached as objects: a serialised cache would be decoded again in every round.
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static ShardGroup assemble(
      int group,
      Iterator<Tuple2<Integer, ExampleShuffle.ExampleSlice>> part,
      Split split,
      boolean training,
      int perGroup) {
    int first = group * perGroup;
    int last = Math.min(first + perGroup, split.workers());
    List<ExampleShuffle.ShardBuilder> builders =
        IntStream.range(first, last)
            .mapToObj(worker -> new ExampleShuffle.ShardBuilder(split.shardSize(training, worker)))
            .toList();
    part.forEachRemaining(slice -> builders.get(slice._1() - first).add(slice._2()));
    List<Shard> shards = new ArrayList<>();
    for (ExampleShuffle.ShardBuilder builder : builders) {
      int worker = first + shards.size();
      shards.add(new Shard(worker, builder.complete("the shard of worker " + worker)));
    }
    return new ShardGroup(group, shards);
  }

  /** Assigns the workers of one group to one partition. */
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
