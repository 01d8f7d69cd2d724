package io.meanfield.data.shard;

import com.esotericsoftware.kryo.DefaultSerializer;
import com.esotericsoftware.kryo.serializers.JavaSerializer;
import io.meanfield.data.Dataset;
import io.meanfield.data.Examples;
import io.meanfield.data.Split;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.HashPartitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.rdd.RDD;
import org.apache.spark.resource.ResourceProfile;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Distributes the blocks of a data set to the chunks of shards. The id of an example determines its
 * shard and its row in the shard, so the order in which blocks arrive does not change the bytes of
 * a chunk. No process holds a whole shard: a chunk is the largest piece that is put together.
 */
public final class Sharding {
  private static final int NONE = -1; // no partition
  private static final int TASKS_OF_A_CORE = 2;

  private final JavaRDD<Examples> blocks;
  private final Split split;
  private final Folds folds;
  private final ExampleWeights weights;
  private final int shardsPerGroup;
  private final int chunkRows;

  /**
   * Prepares the shards of a data set.
   *
   * @param folds of the training examples
   * @param weights the scale of the weights of the training examples
   */
  public Sharding(
      Dataset data,
      Split split,
      Folds folds,
      ExampleWeights weights,
      int shardsPerGroup,
      ChunkSize chunkSize) {
    this.blocks = data.blocks();
    this.split = split;
    this.folds = folds;
    this.weights = weights;
    this.shardsPerGroup = shardsPerGroup;
    this.chunkRows = chunkSize.rows(data);
  }

  /**
   * Returns the training shards, one group per partition. Their chunks are cached; the caller
   * unpersists.
   */
  public JavaRDD<ShardGroup> training() {
    return groups(weights.scale(blocks), true);
  }

  /** Returns what the members of an ensemble learn from in an epoch. */
  public EpochSize epochSize() {
    if (split.folds() == 1) {
      return EpochSize.of(split);
    }
    List<ChunkLayout> shards =
        IntStream.range(0, split.workers()).mapToObj(grid(true)::layout).toList();
    return new EpochSize(
        split.training() - folds.size(0),
        IntStream.range(0, split.folds())
            .mapToObj(Fold::new)
            .flatMap(fold -> shards.stream().map(shard -> shard.count(fold)))
            .max(Integer::compare)
            .orElseThrow());
  }

  /** Returns the validation shards, distributed like the training shards. */
  public JavaRDD<ShardGroup> validation() {
    return groups(blocks, false);
  }

  private JavaRDD<ShardGroup> groups(JavaRDD<Examples> examples, boolean training) {
    Split target = split;
    ChunkGrid grid = grid(training);
    JavaRDD<Examples> chunks =
        examples
            .coalesce(TASKS_OF_A_CORE * examples.context().defaultParallelism())
            .flatMapToPair(block -> slices(block, target, grid).iterator())
            .partitionBy(new HashPartitioner(grid.partitions())) // an Integer's hash is its value
            .mapPartitionsWithIndex(
                (partition, part) -> List.of(assemble(partition, part, grid)).iterator(), true)
            // Cached as objects: a serialised cache would be decoded again in every round.
            .persist(StorageLevel.MEMORY_AND_DISK());
    return ChunkedShards.of(chunks, grid);
  }

  private ChunkGrid grid(boolean training) {
    return ChunkGrid.of(split, training, folds, chunkRows, shardsPerGroup);
  }

  /** Examples for given places of one chunk. */
  @DefaultSerializer(JavaSerializer.class)
  private record Slice(int[] places, Examples examples) implements Serializable {}

  /** Returns the slices of a block by partition, without empty ones. */
  private static List<Tuple2<Integer, Slice>> slices(Examples block, Split split, ChunkGrid grid) {
    long[] positions = block.ids().clone();
    split.permutation().applyAll(positions);
    int[] partitions = new int[positions.length];
    int[] sizes = new int[grid.partitions()];
    for (int row = 0; row < positions.length; row++) {
      boolean isChosen =
          !split.isTest(positions[row]) && split.isTraining(positions[row]) == grid.training();
      partitions[row] = NONE;
      if (isChosen) {
        positions[row] = grid.position(positions[row]);
        partitions[row] = grid.partition(positions[row]);
        sizes[partitions[row]]++;
      }
    }
    Slice[] slices = new Slice[sizes.length];
    List<Tuple2<Integer, Slice>> filled = new ArrayList<>();
    for (int partition = 0; partition < sizes.length; partition++) {
      if (sizes[partition] > 0) {
        slices[partition] = new Slice(new int[sizes[partition]], block.allocate(sizes[partition]));
        filled.add(new Tuple2<>(partition, slices[partition]));
      }
    }
    for (int row = 0; row < positions.length; row++) {
      if (partitions[row] != NONE) {
        Slice slice = slices[partitions[row]];
        int next = slice.places().length - sizes[partitions[row]]--;
        slice.places()[next] = grid.place(positions[row]);
        block.copyTo(slice.examples(), row, next);
      }
    }
    return filled;
  }

  // Every example has a fixed place, so the order in which slices arrive changes no byte.
  private static Examples assemble(
      int partition, Iterator<Tuple2<Integer, Slice>> part, ChunkGrid grid) {
    int missing = grid.size(partition);
    Optional<Examples> chunk = Optional.empty();
    while (part.hasNext()) {
      Slice slice = part.next()._2();
      Examples target = chunk.orElseGet(() -> slice.examples().allocate(grid.size(partition)));
      for (int i = 0; i < slice.places().length; i++) {
        slice.examples().copyTo(target, i, slice.places()[i]);
      }
      missing -= slice.places().length;
      chunk = Optional.of(target);
    }
    if (missing != 0) {
      throw new IllegalStateException(
          "%s is incomplete: %s are missing".formatted(grid.name(partition), missing));
    }
    return chunk.orElseGet(Examples::empty);
  }

  /**
   * Shards with one group in each partition, whose chunks are blocks in Spark's cache. A task reads
   * those chunks of its group that it needs. {@link #unpersist} removes the chunks. Driver only.
   */
  static final class ChunkedShards extends JavaRDD<ShardGroup> {
    private static final long serialVersionUID = 1L;

    private final JavaRDD<Examples> chunks;

    private ChunkedShards(JavaRDD<ShardGroup> groups, JavaRDD<Examples> chunks) {
      super(groups.rdd(), groups.classTag());
      this.chunks = chunks;
    }

    /**
     * Returns the groups.
     *
     * @param chunks a chunk in each partition of the grid, cached
     */
    static ChunkedShards of(JavaRDD<Examples> chunks, ChunkGrid grid) {
      RDD<Examples> cached = chunks.rdd();
      // Spark runs the task of a group where it finds the group's chunks, since they are its
      // partitions. The task does not read them in order, so it does not use their iterator.
      JavaRDD<Examples> located = chunks.coalesce(grid.groups());
      // Before Spark knows where the shuffled examples are, a partition has consecutive chunks.
      if (located.getNumPartitions() != grid.groups()) {
        throw new IllegalStateException(
            "expected %s groups, found %s".formatted(grid.groups(), located.getNumPartitions()));
      }
      JavaRDD<ShardGroup> groups =
          located.mapPartitionsWithIndex(
              (group, unread) -> List.of(group(cached, grid, group)).iterator(), false);
      return new ChunkedShards(groups, chunks);
    }

    private static ShardGroup group(RDD<Examples> chunks, ChunkGrid grid, int group) {
      List<Integer> workers = grid.workers(group);
      TaskChunks task = new TaskChunks(chunks, TaskContext.get(), workers.size());
      return new ShardGroup(
          group,
          workers.stream()
              .map(
                  worker ->
                      new Shard(
                          worker,
                          grid.layout(worker),
                          new Chunks.InCache(task, grid.partition(worker, 0))))
              .toList());
    }

    @Override
    public JavaRDD<ShardGroup> unpersist() {
      return unpersist(false);
    }

    @Override
    public JavaRDD<ShardGroup> unpersist(boolean blocking) {
      chunks.unpersist(blocking);
      return this;
    }

    @Override
    public JavaRDD<ShardGroup> withResources(ResourceProfile profile) {
      return new ChunkedShards(super.withResources(profile), chunks);
    }
  }
}
